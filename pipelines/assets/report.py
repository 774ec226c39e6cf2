"""The annual report as an asset: the published snapshot into a folder of ``reports/``.

Belongs here: when it is made from Dagster's page. Does not belong here: what is in it (app/report),
which period and region (``rules/report.yml``, pipelines/report.py).
"""

from datetime import date

from dagster import AssetKey, AssetsDefinition, Failure, MaterializeResult, asset

from app.quiet import silence_cache
from app.report.period import ReportError
from pipelines.assets.workspace import Workspace

#: Reports are made when somebody asks for one, not with every refresh.
GROUP = "reports"


def build_report_asset() -> AssetsDefinition:
    """The asset ``reports/annual``, after the published snapshot."""

    @asset(
        key=["reports", "annual"], group_name=GROUP, deps=[AssetKey(["published", "snapshot"])],
        description="The annual report of rules/report.yml's period and region: PDF, Word, JSON.",
    )  # fmt: skip
    def annual(workspace: Workspace) -> MaterializeResult:
        silence_cache()
        from pipelines.report import make_report  # Typst, Word and charts: no other run needs them

        try:
            folder = make_report(workspace.settings(), date.today())
        except ReportError as error:
            raise Failure(description=str(error), allow_retries=False) from error
        workspace.say(f"report {folder.name}")
        return MaterializeResult(metadata={"folder": folder.name})

    return annual
