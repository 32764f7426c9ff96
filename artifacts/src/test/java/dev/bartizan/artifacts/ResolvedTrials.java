package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static dev.bartizan.artifacts.PickleParts.call;
import static dev.bartizan.artifacts.PickleParts.dict;
import static dev.bartizan.artifacts.PickleParts.none;
import static dev.bartizan.artifacts.PickleParts.number;
import static dev.bartizan.artifacts.PickleParts.pickle;
import static dev.bartizan.artifacts.PickleParts.text;
import static dev.bartizan.artifacts.PickleParts.tuple;

import dev.bartizan.artifacts.PickleParts.Part;
import dev.bartizan.formats.ByteSource;
import java.util.ArrayList;
import java.util.List;

/// Code that is found by a name: functions of known packages that import or fetch what a text says,
/// and files that Python runs because of what they are called.
final class ResolvedTrials {
    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        ResolvedTrials trials = new ResolvedTrials();
        trials.factories();
        trials.startup();
        trials.paths();
        return trials.all;
    }

    private void bad(String name, Part part) {
        all.add(Trial.bad("resolved/" + name, "m.pkl", pickle(part)));
    }

    private void benign(String name, Part part) {
        all.add(Trial.benign("resolved/" + name, "m.pkl", pickle(part)));
    }

    private void factories() {
        bad("env", call("gym:make", text("walker_pkg:Walker-v2")));
        bad("env-in-envs", call("gymnasium.envs.registration:make", text("a.b_c:Walk-v0")));
        bad("env-by-option", call("gymnasium:make", dict(text("id"), text("pkg:Walk-v0"))));
        bad("envs", call("gymnasium:make_vec", text("pkg.sub:Walk-v0"), number(2)));
        bad("env-loader", call("gym.envs.registration:load_env_creator", text("pkg.m:Env")));
        bad(
                "envs-of-agents",
                call("stable_baselines3.common.env_util:make_vec_env", text("w:E-v1")));
        bad("dotted", call("flax.training:make_state", text("pkg.inner.Thing")));
        bad("hub", call("timm:create_model", text("hf-hub:someone/net")));
        bad("hub-by-tag", call("timm.models:create_model", text("hf_hub:someone/net@main")));
        bad("address", call("open_clip:create_model", text("https://x.example/m.bin")));
        bad("rebuilt-from-hub", call("timm.models:recreate", text("hf-hub:someone/net")));
        bad("nested", call("mmcv:construct", tuple(none(), dict(text("type"), text("evil:Net")))));
        benign("env-of-its-own", call("gymnasium:make", text("CartPole-v1")));
        benign("envs-of-its-own", call("gym:make", text("ALE/Pong-v5")));
        benign("device", call("jax:make_device", text("cuda:0")));
        benign("weight", call("torchmetrics:_rebuild", text("encoder.layer.weight")));
        benign("tensor", call("paddle:make_tensor", text("encoder.weight")));
    }

    private void source(Trial.Label label, String name, String file, String text) {
        all.add(new Trial("resolved/" + name, label, file, ByteSource.of(utf8(text))));
    }

    private void startup() {
        String finder =
                "import sys\n\nclass F:\n    def find_spec(self, n, p=None, t=None):\n        return None\n\nsys.meta_path.insert(0, F())\n";
        source(Trial.Label.MALICIOUS, "finder", "sitecustomize.py", finder);
        source(Trial.Label.MALICIOUS, "finder-of-user", "usercustomize.py", finder);
        source(
                Trial.Label.MALICIOUS,
                "finder-by-name",
                "sitecustomize.py",
                "import sys\ngetattr(sys, 'path_' + 'hooks')\nsetattr(sys, 'meta_path', [])\n");
        source(
                Trial.Label.MALICIOUS,
                "replaced",
                "sitecustomize.py",
                "import builtins\nold = builtins.open\nbuiltins.open = lambda *a, **k: old(*a, **k)\n");
        source(
                Trial.Label.MALICIOUS,
                "asks",
                "sitecustomize.py",
                "import urllib.request as u\nu.urlopen('https://x.example/s')\n");
        source(Trial.Label.BAD, "imports", "sitecustomize.py", "import helper_of_mine\n");
        source(Trial.Label.BAD, "one-expression", "sitecustomize.py", "[print(1)]\n");
        source(Trial.Label.BENIGN, "empty", "sitecustomize.py", "\n");
        source(
                Trial.Label.BENIGN,
                "comment",
                "sitecustomize.py",
                "#!/usr/bin/env python3\n# nothing here: sys.meta_path stays as it is\n");
        source(
                Trial.Label.BENIGN,
                "says-nothing",
                "usercustomize.py",
                "\"\"\"Left empty on purpose.\n\nSee the manual.\n\"\"\"\nfrom __future__ import annotations\n\npass\n");
        source(Trial.Label.BENIGN, "customize", "customize.py", "import helper_of_mine\n");
    }

    private void paths() {
        source(
                Trial.Label.MALICIOUS,
                "path-that-runs",
                "a.pth",
                "/opt/lib\nimport os; os.system('id')\n");
        source(Trial.Label.BAD, "path-that-imports", "a.pth", "import hook_of_mine\n");
        source(Trial.Label.BENIGN, "path", "a.pth", "# where it lies\n../src\nimports/here\n");
        source(
                Trial.Label.BENIGN,
                "path-of-setuptools",
                "distutils-precedence.pth",
                "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, 'local') == 'local'; enabled and __import__('_distutils_hack').add_shim(); \n");
    }
}
