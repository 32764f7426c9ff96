package dev.bartizan.artifacts;

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
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bartizan.artifacts.PickleParts.Part;
import dev.bartizan.core.Severity;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Chains of harmless functions that end in code that runs, and their harmless look-alikes.
class PickleGadgetsTest {
    /// What SciPy itself writes there.
    private static final String TEMPLATE =
            """

            def _parse_args(self, %(a)s %(b)s):
                return (%(a)s), %(b)s, 1.0
            """;

    private static final Part UNKNOWN = name("acme_tools.steps:perform");

    static Stream<Arguments> malicious() {
        return Stream.of(
                arguments(
                        "annotations that are evaluated",
                        call(
                                "typing:get_type_hints",
                                built(
                                        made("types:SimpleNamespace"),
                                        dict(
                                                text("__annotations__"),
                                                dict(text("a"), text("print(1)")))))),
                arguments("a function made of text", call("dataclasses:_create_fn", text("f"))),
                arguments("a field of an object by format", call("string:Formatter.get_field")),
                arguments("builtins under another name", call("enum:bltns.eval", text("1"))),
                arguments("builtins behind a module", call("inspect:builtins.exec", text("1"))),
                arguments(
                        "a substitution by a function",
                        call("re:sub", text("."), name("os:system"), text("id"))),
                arguments(
                        "the largest by a function",
                        call("heapq:nlargest", number(1), list(text("id")), name("os:system"))),
                arguments(
                        "an iterator that calls",
                        call("builtins:list", call("builtins:iter", name("os:getcwd"), none()))),
                arguments(
                        "a generator's constructor",
                        call(
                                "numpy.random._pickle:__generator_ctor",
                                text("id"),
                                name("subprocess:getoutput"))),
                arguments(
                        "a bound method of a path",
                        call(
                                call(
                                        "builtins:getattr",
                                        call("pathlib:PosixPath", text("x")),
                                        text("write_text")),
                                text("y"))),
                arguments(
                        "an unbound method of a path",
                        call(
                                "pathlib:Path.write_text",
                                call("pathlib:PosixPath", text("x")),
                                text("y"))),
                arguments(
                        "methods mapped over paths",
                        call(
                                "builtins:list",
                                call(
                                        "builtins:map",
                                        call("operator:methodcaller", text("unlink")),
                                        list(call("pathlib:PosixPath", text("x")))))),
                arguments(
                        "a partial of a bound getter",
                        call(
                                call(
                                        call(
                                                "functools:partial",
                                                name("builtins:getattr"),
                                                name("torch:nn")),
                                        text("run")),
                                text("x"))),
                arguments(
                        "a partial whose function comes with its state",
                        built(
                                made("functools:partial", name("builtins:print")),
                                tuple(name("os:system"), tuple(text("id")), dict(), none()))),
                arguments(
                        "a method replaced before it is called",
                        appended(
                                built(
                                        made("acme.models:Net"),
                                        dict(text("append"), name("acme.models:forward"))),
                                text("id"))),
                arguments(
                        "a state that replaces __setstate__",
                        built(
                                made("acme.models:Net"),
                                dict(text("__setstate__"), name("acme.models:forward")))),
                arguments(
                        "source text that SciPy compiles",
                        built(
                                made("scipy.stats._distn_infrastructure:rv_continuous"),
                                dict(
                                        text("_parse_arg_template"),
                                        text("import os\nos.getcwd()\n")))),
                arguments(
                        "a class with foreign methods",
                        call(
                                "builtins:type",
                                text("X"),
                                tuple(name("builtins:object")),
                                dict(text("__reduce__"), name("acme.models:forward")))),
                arguments(
                        "an entry of the extension registry",
                        call("copyreg:add_extension", text("os"), text("system"), number(1))),
                arguments(
                        "a reducer for every pickle to come",
                        call("copyreg:pickle", name("builtins:int"), UNKNOWN)),
                arguments(
                        "a module by its name",
                        call(
                                call("operator:attrgetter", text("system")),
                                call("importlib:import_module", text("os")))),
                arguments(
                        "a name in rot13",
                        call(
                                call(
                                        "builtins:getattr",
                                        call("importlib:import_module", text("os")),
                                        call("codecs:decode", text("flfgrz"), text("rot13"))),
                                text("id"))),
                arguments(
                        "a name in a codec that is not worked out",
                        call(
                                call(
                                        "builtins:getattr",
                                        name("torch:nn"),
                                        call(
                                                "_codecs:decode",
                                                bytes(new byte[] {1, 2, 3}),
                                                text("cp037"))),
                                text("id"))),
                arguments(
                        "a call through operator.call",
                        call("operator:call", name("os:system"), text("id"))),
                arguments(
                        "dictionaries of functions",
                        call(
                                call("operator:getitem", name("builtins:__dict__"), text("eval")),
                                text("1"))),
                arguments(
                        "a weak reference that calls back",
                        call("weakref:ref", made("acme.models:Net"), name("os:abort"))),
                arguments("a loader of NumPy", call("numpy:load", text("x.npy"))),
                arguments(
                        "a decompiler's own type", call("dill._dill:_load_type", text("CodeType"))),
                arguments("a function of dill", call("dill._dill:_create_function", none())),
                arguments(
                        "a function of cloudpickle",
                        call("cloudpickle.cloudpickle:_make_function")),
                arguments("a reader of files", call("pandas._libs.parsers:TextReader", text("x"))),
                arguments("a formula", call("patsy.highlevel:dmatrix", text("x"))),
                arguments(
                        "an expression", call("sympy.parsing.sympy_parser:parse_expr", text("x"))),
                arguments("a REPL", call("langchain_experimental.utilities:PythonREPL")),
                arguments("a member of a module tree", call("tempfile:_os.system", text("id"))),
                arguments("a logger's handler", call("logging:FileHandler", text("x"))),
                arguments("an unknown function of Python", call("pprint:_safe_repr", text("x"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malicious")
    void isMalicious(String what, Part part) {
        FileReport report = Scans.scan("x.pkl", pickle(part));
        assertThat(report.verdict()).as(what + report).isEqualTo(Verdict.MALICIOUS);
    }

    static Stream<Arguments> suspicious() {
        return Stream.of(
                arguments("an unknown function", call(UNKNOWN, text("x"))),
                arguments(
                        "an unknown function as the factory of a dictionary",
                        call("collections:defaultdict", UNKNOWN)),
                arguments(
                        "an unknown function as a key",
                        call("heapq:nlargest", number(1), list(text("a")), UNKNOWN)),
                arguments("a class that runs commands", call("acme.net:ShellCommand", text("x"))),
                arguments(
                        "a class that is given an address",
                        call("acme:Net", text("https://x.y/z"))),
                arguments("the print function", call("builtins:print", text("a"))),
                arguments("a module itself", name("torch:os")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("suspicious")
    void isAtLeastSuspicious(String what, Part part) {
        assertThat(Scans.worst(pickle(part)).isAtLeast(Severity.MEDIUM)).as(what).isTrue();
    }

    static Stream<Arguments> benign() {
        return Stream.of(
                arguments("a member of an own enumeration", call("acme.colours:Colour", number(1))),
                arguments("an own named tuple", made("acme.shapes:Point", number(1), number(2))),
                arguments("a logger", call("logging:getLogger", text("acme.models"))),
                arguments("an exception", call("builtins:ValueError", text("no such key"))),
                arguments("a counter", call("collections:Counter", dict(text("a"), number(1)))),
                arguments(
                        "a dictionary of lists",
                        call("collections:defaultdict", name("builtins:list"))),
                arguments(
                        "a dictionary of own objects",
                        call("collections:defaultdict", name("acme.models:Node"))),
                arguments(
                        "a bound method",
                        call("builtins:getattr", made("acme.models:Net"), text("forward"))),
                arguments(
                        "a class method",
                        call("builtins:getattr", name("datetime:datetime"), text("now"))),
                arguments(
                        "a time",
                        call(
                                "datetime:datetime",
                                bytes(new byte[] {7, (byte) 0xe8, 1, 1, 0, 0, 0, 0, 0, 0}))),
                arguments(
                        "a time zone",
                        call("zoneinfo:ZoneInfo._unpickle", text("Europe/Berlin"), number(1))),
                arguments("a fraction", call("fractions:Fraction", text("1/3"))),
                arguments("a pattern", call("re:_compile", text("[a-z]+"), number(32))),
                arguments(
                        "an old string", call("_codecs:encode", text("caf\u00e9"), text("latin1"))),
                arguments(
                        "an array",
                        built(
                                call(
                                        "numpy.core.multiarray:_reconstruct",
                                        name("numpy:ndarray"),
                                        tuple(number(0)),
                                        bytes(new byte[] {'b'})),
                                tuple(
                                        number(1),
                                        tuple(number(2)),
                                        call("numpy:dtype", text("f4"), none(), none()),
                                        none(),
                                        bytes(new byte[8])))),
                arguments(
                        "a random state",
                        call(
                                "numpy.random._pickle:__randomstate_ctor",
                                text("MT19937"),
                                name("numpy.random._pickle:__bit_generator_ctor"))),
                arguments(
                        "an index",
                        call(
                                "pandas.core.indexes.base:_new_Index",
                                name("pandas.core.indexes.base:Index"),
                                dict(text("name"), none()))),
                arguments(
                        "a block",
                        call("pandas._libs.internals:_unpickle_block", none(), none(), number(2))),
                arguments(
                        "a class of cloudpickle without code",
                        call(
                                "cloudpickle.cloudpickle:_make_skeleton_class",
                                name("builtins:type"),
                                text("Config"),
                                tuple(name("builtins:object")),
                                dict(text("__module__"), text("__main__")),
                                text("id"),
                                none())),
                arguments("a type of dill", call("dill._dill:_load_type", text("int"))),
                arguments(
                        "a partial of a safe function",
                        call("functools:partial", name("builtins:int"), text("7"))),
                arguments("an item getter", call("operator:itemgetter", number(1))),
                arguments("an attribute getter", call("operator:attrgetter", text("name.first"))),
                arguments("a method caller", call("operator:methodcaller", text("lower"))),
                arguments(
                        "a data class with Python's own state",
                        built(
                                made("acme.schema:Record"),
                                dict(
                                        text("__dict__"),
                                        dict(text("a"), number(1)),
                                        text("__pydantic_fields_set__"),
                                        call("builtins:set", list(text("a")))))),
                arguments(
                        "a generic type",
                        built(
                                made("acme.schema:Box"),
                                dict(text("__orig_class__"), name("acme.schema:Box")))),
                arguments(
                        "a distribution as SciPy writes it",
                        built(
                                made("scipy.stats._continuous_distns:norm_gen"),
                                dict(text("_parse_arg_template"), text(TEMPLATE)))),
                arguments("a parameter", call("inspect:_ParameterKind", number(1))),
                arguments("a status", call("http:HTTPStatus", number(200))),
                arguments("a Booster", made("xgboost.core:Booster")),
                arguments(
                        "a tokenizer",
                        built(
                                made("tokenizers:Tokenizer"),
                                bytes("{}".getBytes(StandardCharsets.UTF_8)))),
                arguments("a label encoder", made("sklearn.preprocessing._label:LabelEncoder")),
                arguments(
                        "a naive Bayes classifier",
                        made("nltk.classify.naivebayes:NaiveBayesClassifier")),
                arguments("a unit", call("astropy.units.core:Unit", text("m"))),
                arguments("a symbol", call("sympy.core.symbol:Symbol", text("x"))),
                arguments("text about code", text("eval(__import__('os'))")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("benign")
    void isAtMostLow(String what, Part part) {
        FileReport report = Scans.scan("x.pkl", pickle(part));
        assertThat(report.worst().orElse(Severity.INFO))
                .as(what + report)
                .isLessThanOrEqualTo(Severity.LOW);
        assertThat(report.verdict()).as(what + report).isEqualTo(Verdict.CLEAN);
    }
}
