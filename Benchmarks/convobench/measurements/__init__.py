"""One module a question. Each has `TITLE` and `measure(bench) -> Section`, and says its method in its first lines."""
