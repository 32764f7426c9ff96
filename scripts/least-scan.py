"""The least that a scanner of pickles written in Python does: start, import what such a scanner needs of the standard
library, name the globals of each pickle, and look at the head of each member of a zip. It judges nothing.

scripts/measure-scan runs it beside the scanner, so that figures published for scanners in Python on another machine can
be set against this one."""

import argparse
import http.client  # noqa: F401 scanners fetch models
import json  # noqa: F401
import logging
import os
import pickletools
import tarfile  # noqa: F401
import tempfile  # noqa: F401
import urllib.parse  # noqa: F401
import zipfile


def names(data):
    """Globals that a pickle names, without following its memo."""
    texts, found = [], set()
    for code, argument, _ in pickletools.genops(data):
        if code.name in ("GLOBAL", "INST"):
            found.add(argument)
        elif "UNICODE" in code.name or "STRING" in code.name:
            texts.append(argument)
        elif code.name == "STACK_GLOBAL":
            found.add(" ".join(texts[-2:]))
    return found


def look(path):
    with open(path, "rb") as file:
        if file.read(4) != b"PK\x03\x04":
            file.seek(0)
            return names(file)
    found = set()
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            with archive.open(member) as data:
                if data.read(2)[:1] == b"\x80" and member.filename.endswith(".pkl"):
                    data.seek(0)
                    found |= names(data)
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("path")
    path = parser.parse_args().path
    log = logging.getLogger("least-scan")
    files = [path]
    if os.path.isdir(path):
        files = [os.path.join(folder, name) for folder, _, here in os.walk(path) for name in here]
    found = set()
    for file in files:
        try:
            found |= look(file)
        except Exception as problem:  # a broken file is nothing to measure by
            log.info("%s: %s", file, problem)
    print(len(files), "files,", len(found), "names")


main()
