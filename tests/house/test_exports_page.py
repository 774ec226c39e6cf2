"""The page of exports says what the contracts say."""

from pipelines.contracts.describe import COMMAND, PAGE, describe_exports
from pipelines.contracts.load_contracts import EXPORTS, export_dictionary


def test_exports_page_when_contracts_change_then_it_must_be_written_anew() -> None:
    committed = PAGE.read_text("utf-8")
    assert committed == describe_exports(), (
        f"docs/exports.md is not what the contracts say. Next: {COMMAND}"
    )


def test_exports_page_when_read_then_every_header_of_every_export_stands_in_its_section() -> None:
    page = describe_exports()
    for export in EXPORTS:
        section = page.split(f"\n## {export}\n")[1].split("\n## ")[0]
        for column in export_dictionary()[export].columns.values():
            if not column.is_common:
                assert f"| `{column.name}`" in section
                for header in column.headers:
                    assert header in section
