"""yaml-language-server, which editors' programs ask about a YAML file, spoken to over its standard input and output as they
do: a file and a place in; what it offers, explains and marks there out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from helpers import ROOT, environment

SCRIPT = ROOT / "tests" / "editor" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"


class Missing(Exception):
    """Node or the server is not installed."""


def settings_of(root: Path) -> dict[str, Any]:
    """The settings of a folder, as VS Code reads them: JSON whose lines may be comments."""
    text = (root / ".vscode" / "settings.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
    return found


class LanguageServer:
    """A server with a folder open, which has read the folder's settings."""

    def __init__(self, root: Path, settings: Mapping[str, Any]) -> None:
        node = shutil.which("node")
        if node is None or not SCRIPT.is_file():
            raise Missing("yaml-language-server is not installed (run: tests/setup-npm editor)")
        self.root, self.settings = root, settings
        self.asked = 0
        self.process = subprocess.Popen(
            [node, str(SCRIPT), "--stdio"],
            cwd=root, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        folder = {"uri": root.as_uri(), "name": "project"}
        can = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {
                "completion": {
                    "completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}
                },
                "hover": {"contentFormat": ["markdown"]},
                "publishDiagnostics": {},
            },
        }
        self.marked: dict[str, list[dict[str, Any]]] = {}
        about = {
            "processId": None,
            "rootUri": folder["uri"],
            "workspaceFolders": [folder],
            "capabilities": can,
        }
        self.ask("initialize", about)
        self.tell("initialized", {})
        # It asks for the settings first; what is asked of it before it has them is answered without.
        while self._hear().get("method") != "workspace/configuration":
            pass

    def close(self) -> None:
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.process.wait(timeout=20)
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()

    # ----- what a test asks -----

    def marks(self, path: str, text: str) -> list[tuple[int, int, str]]:
        """The red lines of a text: line and column, from 1, and what they say. `path` has * for the file's name."""
        uri = self._open(path, text)
        while uri not in self.marked:
            self._hear()
        starts = ((one["range"]["start"], one["message"]) for one in self.marked.pop(uri))
        return sorted((start["line"] + 1, start["character"] + 1, message) for start, message in starts)

    def offers(self, path: str, text: str) -> dict[str, str]:
        """What is offered where a text has ‸: label and what is said of it."""
        return {one["label"]: _words(one.get("documentation", "")) for one in self._completions(path, text)}

    def inserts(self, path: str, text: str) -> dict[str, str]:
        """What is written into the file where one of these is chosen; `$1` is where the cursor then stands."""
        return {one["label"]: one["insertText"] for one in self._completions(path, text)}

    def _completions(self, path: str, text: str) -> list[dict[str, Any]]:
        found = self._at("textDocument/completion", path, text)
        items: list[dict[str, Any]] = found["items"] if isinstance(found, dict) else found
        return items

    def explains(self, path: str, text: str) -> str:
        """What is said of that at which a text has ‸."""
        found = self._at("textDocument/hover", path, text)
        return _words(found["contents"]) if found else ""

    def _at(self, what: str, path: str, text: str) -> Any:
        before, _, after = text.partition("‸")
        place = {"line": before.count("\n"), "character": len(before) - (before.rfind("\n") + 1)}
        return self.ask(what, {"textDocument": {"uri": self._open(path, before + after)}, "position": place})

    def _open(self, path: str, text: str) -> str:
        # Each text is another file, so that no answer to the last one is taken for one to this.
        uri = (self.root / path.replace("*", f"new-{self.asked}")).as_uri()
        self.asked += 1
        document = {"uri": uri, "languageId": "yaml", "version": self.asked, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    # ----- the protocol: JSON-RPC, each message behind its length -----

    def ask(self, method: str, about: object) -> Any:
        self.asked += 1
        number = self.asked
        self._send({"id": number, "method": method, "params": about})
        while True:
            heard = self._hear()
            if heard.get("id") == number and "method" not in heard:
                assert "error" not in heard, heard["error"]
                return heard["result"]

    def tell(self, method: str, about: object) -> None:
        self._send({"method": method, "params": about})

    def _hear(self) -> dict[str, Any]:
        """The next message; what the server asks itself is answered."""
        heard = _received(self.process.stdout)
        if heard.get("method") == "textDocument/publishDiagnostics":
            self.marked[heard["params"]["uri"]] = heard["params"]["diagnostics"]
        elif "method" in heard and "id" in heard:
            wanted = heard["params"]["items"] if heard["method"] == "workspace/configuration" else None
            answer = [self._setting(one.get("section", "")) for one in wanted] if wanted else None
            self._send({"id": heard["id"], "result": answer})
        return heard

    def _setting(self, section: str) -> Any:
        """A section of the settings, whose keys are written with dots."""
        found: dict[str, Any] = {}
        for key, value in self.settings.items():
            if key.startswith(f"{section}."):
                *parts, last = key.removeprefix(f"{section}.").split(".")
                at = found
                for part in parts:
                    at = at.setdefault(part, {})
                at[last] = value
        return found or self.settings.get(section)

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()


def _received(stream: IO[bytes] | None) -> dict[str, Any]:
    assert stream is not None
    length = 0
    while (line := stream.readline()) != b"\r\n":
        assert line, "yaml-language-server has ended"
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    found: dict[str, Any] = json.loads(stream.read(length))
    return found


def _words(marked: Any) -> str:
    return marked["value"] if isinstance(marked, dict) else str(marked)
