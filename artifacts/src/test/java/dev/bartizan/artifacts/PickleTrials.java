package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.PickleParts.appended;
import static dev.bartizan.artifacts.PickleParts.built;
import static dev.bartizan.artifacts.PickleParts.bytes;
import static dev.bartizan.artifacts.PickleParts.call;
import static dev.bartizan.artifacts.PickleParts.dict;
import static dev.bartizan.artifacts.PickleParts.list;
import static dev.bartizan.artifacts.PickleParts.made;
import static dev.bartizan.artifacts.PickleParts.name;
import static dev.bartizan.artifacts.PickleParts.pickle;
import static dev.bartizan.artifacts.PickleParts.text;
import static dev.bartizan.artifacts.PickleParts.tuple;

import dev.bartizan.artifacts.PickleParts.Part;
import java.util.ArrayList;
import java.util.List;

/// What pickles call, directly and by way of what they make, get or put together.
final class PickleTrials {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        PickleTrials trials = new PickleTrials();
        trials.calls();
        trials.chains();
        return trials.all;
    }

    private void bad(String name, Part part) {
        all.add(Trial.bad("pickle/" + name, "m.pkl", pickle(part)));
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
}
