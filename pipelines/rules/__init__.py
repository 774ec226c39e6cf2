"""Rules that decide without code: built-in defaults, overridden by a workspace's rules/ folder."""
