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

/// Objects that honest programs keep (functions by their names, functions with some arguments,
/// types, classes in small letters), each beside the trick that the same forms would hide.
final class HonestObjectTrials {
    private static final String TENSORS = "torch._C:_VariableFunctionsClass";

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        HonestObjectTrials trials = new HonestObjectTrials();
        trials.functionsOnTensors();
        trials.partials();
        trials.swappedPartials();
        trials.smallClasses();
        trials.typesOfArrays();
        trials.classesOfOld();
        trials.iterators();
        trials.others();
        trials.arrays();
        return trials.all;
    }

    private void benign(String name, Part part) {
        all.add(Trial.benign("object/" + name, "m.pkl", pickle(part)));
    }

    private void bad(String name, Part part) {
        all.add(Trial.bad("object/" + name, "m.pkl", pickle(part)));
    }

    private static Part function(String name) {
        return call("builtins:getattr", name(TENSORS), text(name));
    }

    private static Part partial(Part function, Part... arguments) {
        Part[] given = new Part[arguments.length + 1];
        given[0] = function;
        System.arraycopy(arguments, 0, given, 1, arguments.length);
        return built(
                call("functools:partial", function),
                tuple(function, tuple(arguments), dict(), none()));
    }

    private void functionsOnTensors() {
        benign("torch-relu", function("relu"));
        benign("torch-tanh-by-its-path", name("torch._C:_VariableFunctionsClass.tanh"));
        benign("torch-linear", name("torch._C._nn:linear"));
        benign("torch-norm", name("torch._C._linalg:linalg_norm"));
        benign("torch-fft", name("torch._C._fft:fft_rfft"));
        benign("torch-expit", name("torch._C._special:special_expit"));
        benign("partial-of-clamp", partial(function("clamp"), number(0)));
        benign(
                "layer-with-a-function",
                built(
                        made("torch.nn.modules.transformer:TransformerEncoderLayer"),
                        dict(text("activation"), function("relu"))));
        benign("collate", name("torch.utils.data._utils.collate:default_collate"));
        benign("worker", name("torch.utils.data._utils.worker:get_worker_info"));
        benign("torch-method", call("builtins:getattr", name("torch._C:TensorBase"), text("add")));
        bad(
                "torch-method-that-calls",
                call("torch._C:TensorBase.map_", none(), none(), name("pkg:launch")));
        benign(
                "ufunc",
                partial(call("numpy.core:_ufunc_reconstruct", text("numpy.core"), text("add"))));
        bad("ufunc-of-system", call("numpy.core:_ufunc_reconstruct", text("os"), text("system")));
        bad(
                "ufunc-kept",
                partial(call("numpy._core:_ufunc_reconstruct", text("os"), text("system"))));
        bad("from-file", call(function("from_file"), text("/etc/passwd"), none(), number(9)));
        bad("from-file-named", function("from_file"));
        bad("from-file-kept", partial(function("from_file"), text("/etc/passwd")));
        bad("functions-walked", name("torch._C:_VariableFunctionsClass.relu.__self__"));
        bad("functions-changed", built(name(TENSORS), dict(text("relu"), name("os:system"))));
        bad("other-of-torch", name("torch._C:_jit_get_operation"));
        bad("import-of-torch", call("torch._C:import_ir_module", text("x")));
        bad("worker-loop", name("torch.utils.data._utils.worker:_worker_loop"));
    }

    private void partials() {
        benign("partial-of-ceil", partial(name("numpy:ceil")));
        benign(
                "partial-of-kernel",
                partial(name("sklearn.metrics.pairwise:rbf_kernel"), number(1)));
        benign("partial-of-init", partial(name("torch.nn.init:xavier_uniform_")));
        benign("partial-of-run", partial(name("torch.nn.utils.rnn:run_sequence")));
        benign("partial-of-own", partial(name("shop_models:tokenise"), text("a")));
        benign("partial-of-print", partial(name("builtins:print")));
        benign(
                "partial-of-a-method",
                call(
                        "functools:partial",
                        call("builtins:getattr", made("skorch.net:NeuralNet"), text("infer"))));
        bad("partial-of-system", partial(name("os:system"), text("id")));
        bad("partial-called", call(partial(name("shop_models:tokenise")), text("a")));
        bad("partial-of-eval-called", call(partial(name("builtins:eval"), text("1")), dict()));
        bad(
                "partial-of-getattr-called",
                call(partial(name("builtins:getattr"), name("os:path")), text("__loader__")));
        bad("partial-of-a-partial-called", call(partial(partial(name("pkg:launch"))), text("a")));
        bad(
                "partial-mapped",
                call("builtins:map", partial(name("shop_models:tokenise")), list(text("a"))));
        bad(
                "partial-handed-to-reduce",
                call(
                        "functools:reduce",
                        partial(name("shop_models:run")),
                        list(number(1), number(2))));
        bad(
                "partial-as-factory",
                call("collections:defaultdict", partial(name("shop_models:run"))));
        bad(
                "partial-as-method",
                call(
                        "builtins:type",
                        text("X"),
                        tuple(),
                        dict(text("__del__"), partial(name("shop_models:run")))));
        bad(
                "partial-as-append",
                appended(
                        built(
                                made("shop_models:Box"),
                                dict(text("append"), partial(name("shop_models:tokenise")))),
                        text("id")));
        bad(
                "partial-of-a-method-called",
                call(
                        call(
                                "functools:partial",
                                call("builtins:getattr", made("pkg:Net"), text("fit"))),
                        text("a")));
        bad("factory-of-a-function", call("collections:defaultdict", name("torch.hub_x:launch")));
    }

    private void swappedPartials() {
        bad(
                "partial-gets-another-function",
                built(
                        call("functools:partial", name("builtins:len")),
                        tuple(name("shop_models:launch"), tuple(), dict(), none())));
        bad(
                "partial-gets-another-function-and-is-called",
                call(
                        built(
                                call("functools:partial", name("builtins:len")),
                                tuple(name("numpy:ceil"), tuple(text("x")), dict(), none())),
                        text("a")));
        Part branching = name("shop_models:launch");
        for (int i = 0; i < 9; i++) {
            branching =
                    built(
                            call("functools:partial", name("builtins:map"), branching),
                            tuple(name("builtins:filter"), tuple(branching), dict(), none()));
        }
        bad("partials-that-branch-and-are-called", call(branching, list(text("a"))));
        Part nested = name("shop_models:launch");
        for (int i = 0; i < 60; i++) {
            nested = call("functools:partial", nested);
        }
        bad("partials-nested-deep-and-called", call(nested, text("a")));
    }

    private void smallClasses() {
        for (String type :
                List.of(
                        "numpy:finfo",
                        "numpy:iinfo",
                        "scipy.stats._multivariate:multivariate_normal_frozen",
                        "scipy.stats._continuous_distns:rv_histogram",
                        "dateutil.tz.tz:_ttinfo",
                        "statsmodels.genmod.families.links:identity",
                        "networkx.classes.filters:show_nodes",
                        "shop_models:tokenise")) {
            benign("made-" + type.replace(':', '.'), built(made(type), dict(text("a"), number(1))));
        }
        benign(
                "made-in-the-old-way",
                call(
                        "copyreg:_reconstructor",
                        name("shop_models:tokenise"),
                        name("builtins:object"),
                        none()));
        bad(
                "made-in-the-old-way-by-a-base-that-is-called",
                call(
                        "copyreg:_reconstructor",
                        name("shop_models:Runner"),
                        name("shop_models:runner"),
                        text("id")));
        bad("small-class-called", call("shop_models:tokenise"));
        bad("small-class-called-by-framework", call("statsmodels.x:identity", text("a")));
        bad("small-class-that-tells", made("shop_models:run_shell"));
        bad("made-with-telling-texts", made("shop_models:thing", text("; id")));
        bad("made-then-called", call(made("shop_models:thing"), text("id")));
        bad("made-of-the-standard-library", made("imaplib:thing"));
        bad("made-of-a-dangerous-class", made("subprocess:run"));
    }

    private static Part mapped(String maker) {
        return call(maker, name("numpy:memmap"), tuple(number(0)), bytes(utf8("b")));
    }

    private void typesOfArrays() {
        benign("memmap-as-type", mapped("numpy.core.multiarray:_reconstruct"));
        benign("memmap-as-type-of-2", mapped("numpy._core.multiarray:_reconstruct"));
        benign(
                "memmap-beside-numbers",
                built(
                        made("joblib.numpy_pickle:NumpyArrayWrapper"),
                        dict(text("subclass"), name("numpy:memmap"), text("order"), text("C"))));
        benign(
                "numbers-beside-of-old",
                built(
                        made("sklearn.externals.joblib.numpy_pickle:NumpyArrayWrapper"),
                        dict(text("subclass"), name("numpy:ndarray"), text("order"), text("C"))));
        bad("loader-of-old", call("sklearn.externals.joblib.numpy_pickle:load", text("/tmp/x")));
        bad("memmap-of-a-file", call("numpy:memmap", text("/etc/passwd")));
        bad("memmap-made", made("numpy:memmap", text("/etc/passwd")));
        bad("memmap-kept", call("functools:partial", name("numpy:memmap"), text("/etc/passwd")));
        bad("memmap-mapped", call("builtins:map", name("numpy:memmap"), list(text("/etc/passwd"))));
        bad("memmap-handed-on", call("pkg:Apply", name("numpy:memmap"), text("x")));
        bad(
                "loader-as-type",
                call(
                        "numpy.core.multiarray:_reconstruct",
                        name("torch.storage:_load_from_bytes"),
                        tuple(number(0)),
                        bytes(utf8("b"))));
        bad(
                "memmap-as-type-then-called",
                tuple(
                        mapped("numpy.core.multiarray:_reconstruct"),
                        call("numpy:memmap", text("/etc/passwd"))));
    }

    private static Part module(Part type) {
        Part id = tuple(text("module"), type, text("/usr/lib/a.py"), text("class A: pass"));
        return pickle -> {
            id.write(pickle);
            pickle.op('Q');
        };
    }

    private static Part madeOf(Part type) {
        return pickle -> {
            type.write(pickle);
            pickle.ops(")").op(0x81);
        };
    }

    private void classesOfOld() {
        benign("module-of-old", madeOf(module(name("torch.nn.modules.linear:Linear"))));
        benign("own-module-of-old", madeOf(module(name("shop_models:Net"))));
        bad("module-of-old-called", call(module(name("shop_models:launch")), text("a")));
        bad("module-of-old-runs", call(module(name("os:system")), text("id")));
        bad("module-of-old-computed", madeOf(module(number(1))));
        bad("module-of-old-changed", built(module(name("pkg:Net")), dict(text("a"), number(1))));
    }

    private void iterators() {
        Part numbers = call("builtins:iter", list(number(1), number(2)));
        benign("accumulate", call("itertools:accumulate", numbers, name("_operator:add")));
        benign("accumulate-alone", call("itertools:accumulate", numbers));
        benign("groupby", call("itertools:groupby", numbers, name("builtins:len")));
        benign("iter-of-made", call("builtins:iter", call("collections:deque", list())));
        bad("accumulate-by", call("itertools:accumulate", numbers, name("shop_models:launch")));
        bad(
                "accumulate-by-partial",
                call("itertools:accumulate", numbers, partial(name("shop_models:launch"))));
        bad(
                "accumulate-by-getattr",
                call("itertools:accumulate", numbers, name("builtins:getattr")));
        bad("groupby-system", call("itertools:groupby", numbers, name("os:system")));
        bad("iter-until", call("builtins:iter", partial(name("shop_models:run")), number(0)));
    }

    private void others() {
        benign(
                "numpy-strings-of-2",
                call("numpy._core._internal:_convert_to_stringdtype_kwargs", number(1)));
        benign("print", list(name("builtins:print")));
        benign("url", made("pydantic_core._pydantic_core:Url", text("https://a.example/")));
        benign(
                "sympy-float",
                made(
                        "sympy.core.numbers:Float",
                        tuple(number(0), text("3af"), number(-1), number(2)),
                        dict(text("precision"), number(53))));
        benign(
                "sympy-function",
                call(
                        call("sympy.core.function:_rebuild_undef", text("f"), dict()),
                        call("sympy.core.symbol:Symbol", text("x"))));
        Part symbol = name("sympy.core.symbol:Symbol");
        Part newSymbol = call("builtins:getattr", symbol, text("__new__"));
        benign("sympy-symbol-of-2", call(call("functools:partial", newSymbol, symbol, text("x"))));
        Part process = name("subprocess:Popen");
        Part newProcess = call("builtins:getattr", process, text("__new__"));
        bad("process-of-2", call(call("functools:partial", newProcess, process, text("id"))));
        bad("print-called", call("builtins:print", text("a")));
        bad("print-in-a-pickle-in-bytes", list(bytes(Pickles.calling("builtins", "print"))));
        bad(
                "sympy-float-of-a-program",
                made(
                        "sympy.core.numbers:Float",
                        tuple(number(0), text("__import__('os')"), number(-1), number(2))));
        bad(
                "sympy-function-of-texts",
                call(
                        call("sympy.core.function:_rebuild_undef", text("f"), dict()),
                        text("__import__('os').system('id')")));
        bad(
                "sympy-function-of-others",
                call(
                        "sympy.core.function:_rebuild_undef",
                        text("f"),
                        dict(text("bases"), tuple(name("pkg:Base")))));
    }

    private static byte[] joined(byte[]... parts) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] array(String type, int items, byte[] content) {
        String header =
                "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + items + ",), }\n";
        byte[] head = utf8(header);
        return joined(
                new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) head.length, 0},
                head,
                content);
    }

    private void arrays() {
        byte[] numbers = array("|u1", 8, new byte[8]);
        byte[] objects = array("|O", 1, Pickles.calling("os", "system"));
        all.add(Trial.benign("object/arrays", "a.npy", joined(numbers, numbers, numbers)));
        all.add(Trial.bad("object/arrays-then-objects", "a.npy", joined(numbers, objects)));
        all.add(Trial.notClean("object/array-then-rubbish", "a.npy", joined(numbers, new byte[9])));
        all.add(
                Trial.notClean(
                        "object/arrays-then-rubbish",
                        "a.npy",
                        joined(numbers, numbers, utf8("rubbish behind it"))));
        all.add(
                Trial.notClean(
                        "object/array-then-a-broken-one",
                        "a.npy",
                        joined(numbers, array("|u1", 80, new byte[8]))));
        all.add(
                Trial.bad(
                        "object/arrays-then-a-program-in-a-header",
                        "a.npy",
                        joined(numbers, array("__import__('os').system('id')", 1, new byte[8]))));
    }
}
