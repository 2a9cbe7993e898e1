"""MkDocs with the program's plugin, as far as its files go and without a server."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from mkdocs.config import load_config
from mkdocs.plugins import PluginCollection
from mkdocs.structure.files import Files

from factbound.plugin import FactboundPlugin


class Builder:
    """Drives the plugin as MkDocs does, without a server: one plugin, a new configuration for each build."""

    def __init__(self, root: Path, command: Literal["build", "serve"] = "serve") -> None:
        self.root, self.command, self.plugin = root, command, FactboundPlugin()

    def files(self) -> dict[str, str]:
        """What the plugin adds to a site, pages and all."""
        config = load_config(str(self.root / "mkdocs.yml"))
        config.plugins = PluginCollection()
        config.plugins["factbound"] = self.plugin
        config.plugins.on_startup(command=self.command, dirty=False)
        files = config.plugins.on_files(Files([]), config=config.plugins.on_config(config))
        return {file.src_uri: file.content_string for file in files}
