package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.artifacts.advisory.Advisories;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One case for each published advisory about loading model files, or about scanners that missed
/// something in them, made anew here.
class AdvisoriesTest {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");

    /// An advisory and a file of its class.
    ///
    /// @param rule a rule that must be among the findings
    record Row(String id, String name, ByteSource file, Verdict verdict, String rule) {
        @Override
        public String toString() {
            return id + " " + name;
        }
    }

    private static Row malicious(String id, String name, byte[] file, String rule) {
        return new Row(id, name, ByteSource.of(file), Verdict.MALICIOUS, rule);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// What the table of callables names, called; and everything that is no callable.
    static Stream<Row> rows() {
        Stream<Row> called =
                Advisories.bundled().callables().entrySet().stream()
                        .flatMap(entry ->
                                entry.getValue().stream()
                                        .map(id ->
                                                malicious(
                                                        id,
                                                        entry.getKey(),
                                                        calling(entry.getKey()),
                                                        "")));
        return Stream.concat(called, Stream.concat(archives(), formats()));
    }

    /// `module.Class.method(...)`, the module being all that is lower case; getters get the name of
    /// a function and then a module.
    private static byte[] calling(String dotted) {
        if (dotted.matches("_?operator\\.(attrgetter|methodcaller)")) {
            return PickleParts.pickle(
                    PickleParts.call(
                            PickleParts.call(dotted.replace('.', ':'), PickleParts.text("system")),
                            PickleParts.name("os:path")));
        }
        Matcher matcher = MODULE.matcher(dotted);
        assertThat(matcher.matches()).as(dotted).isTrue();
        return PickleParts.pickle(
                PickleParts.call(
                        matcher.group(1) + ":" + matcher.group(2), PickleParts.text("marker")));
    }

    private static final Pattern MODULE =
            Pattern.compile(
                    "((?:[a-z_0-9]+\\.)*?(?:[a-z_0-9]+|cProfile))\\.((?:[A-Z_]\\w*\\.)*\\w+)");

    private static Stream<Row> archives() {
        Map<String, byte[]> odd = new LinkedHashMap<>();
        odd.put("archive/data.pkl", Pickles.protocol(2).ops("}.").bytes());
        odd.put("archive/config.p", PAYLOAD);
        byte[] named = Scans.zip(Map.of("data.pkl", PAYLOAD));
        named[indexOf(named, "data.pkl")] = 'x';
        byte[] flagged = Scans.zip(Map.of("data.pkl", PAYLOAD));
        flagged[6] |= 1;
        flagged[indexOf(flagged, "PK\u0001\u0002") + 8] |= 1;
        byte[] summed = Scans.zip(Map.of("data.pkl", PAYLOAD));
        summed[14] ^= 0x55;
        summed[indexOf(summed, "PK\u0001\u0002") + 16] ^= 0x55;
        return Stream.of(
                malicious("CVE-2025-1889", "model.pt", Scans.zip(odd), "pickle-runs-code"),
                malicious("CVE-2025-1944", "model.pt", named, "archive-readers-disagree"),
                malicious("CVE-2025-1945", "model.pt", flagged, "pickle-runs-code"),
                malicious("CVE-2025-10156", "model.pt", summed, "archive-structure"),
                malicious("CVE-2025-10155", "pytorch_model.bin", PAYLOAD, "pickle-runs-code"),
                malicious(
                        "CVE-2025-32434",
                        "model.pt",
                        FormatScanTest.tar("pickle", '0', "", PAYLOAD),
                        "pickle-runs-code"),
                malicious(
                        "CVE-2025-23304",
                        "model.nemo",
                        FormatScanTest.tar(
                                "model_config.yaml", '0', "", utf8("a:\n  _target_: os.system\n")),
                        "config-names-dangerous-code"));
    }

    private static Stream<Row> formats() {
        String lambda =
                "{\"class_name\":\"Lambda\",\"config\":{\"function\":[\"4wAAAAAAAAAAAAAAAAAAAADaAm9z2gZzeXN0ZW0AAAAAAAAAAA==\",null,null]}}";
        String named = "{\"module\":\"os\",\"class_name\":\"function\",\"config\":\"system\"}";
        String download =
                "{\"module\":\"keras.utils\",\"class_name\":\"function\",\"config\":\"get_file\"}";
        return Stream.of(
                malicious(
                        "CVE-2019-6446",
                        "x.npy",
                        FormatScanTest.npy("'|O'", "(1,)", PAYLOAD),
                        "pickle-runs-code"),
                malicious(
                        "CVE-2023-47248",
                        "a type of Python in a table",
                        utf8("ARROW1\0\0ARROW:extension:name\0arrow.py_extension_type\0ARROW1"),
                        "arrow-unpickles-a-type"),
                malicious(
                        "CVE-2024-34359",
                        "m.gguf",
                        FormatScanTest.gguf("{{ ''.__class__.__mro__ }}"),
                        "template-escapes-to-python"),
                malicious(
                        "CVE-2026-5760",
                        "m.gguf",
                        FormatScanTest.gguf("{{ cycler.__init__.__globals__.os.popen('x') }}"),
                        "template-escapes-to-python"),
                malicious(
                        "CVE-2022-25882",
                        "m.onnx",
                        FormatScanTest.onnx("../../etc/passwd", ""),
                        "onnx-external-data-escapes"),
                malicious(
                        "CVE-2024-27318",
                        "m.onnx",
                        FormatScanTest.onnx("a/../../b", ""),
                        "onnx-external-data-escapes"),
                new Row(
                        "CVE-2024-3660",
                        "m.keras",
                        ByteSource.of(keras(lambda)),
                        Verdict.SUSPICIOUS,
                        "keras-lambda-layer"),
                new Row(
                        "CVE-2025-9905",
                        "m.h5",
                        ByteSource.of(hdf5(lambda)),
                        Verdict.SUSPICIOUS,
                        "keras-lambda-layer"),
                new Row(
                        "CVE-2025-9906",
                        "m.keras",
                        ByteSource.of(keras(lambda)),
                        Verdict.SUSPICIOUS,
                        "keras-lambda-layer"),
                malicious("CVE-2025-1550", "m.keras", keras(named), "keras-names-dangerous-code"),
                malicious("CVE-2025-8747", "m.keras", keras(download), ""),
                skops("CVE-2025-54412", "OperatorFuncNode", "\"func\":\"eval\""),
                skops("CVE-2025-54413", "MethodNode", "\"attrs\":\"__globals__\""),
                malicious(
                        "CVE-2025-54886",
                        "m.skops",
                        Scans.zip(Map.of("schema.json", utf8("{}"), "model.joblib", PAYLOAD)),
                        "pickle-runs-code"));
    }

    private static Row skops(String id, String loader, String detail) {
        String node =
                "{\"__class__\":\"f\",\"__module__\":\"m\",\"__loader__\":\""
                        + loader
                        + "\","
                        + detail
                        + "}";
        return new Row(
                id,
                "m.skops",
                ByteSource.of(Scans.zip(Map.of("schema.json", utf8(node)))),
                Verdict.SUSPICIOUS,
                "");
    }

    private static byte[] keras(String layer) {
        return Scans.zip(Map.of("config.json", utf8(sequential(layer))));
    }

    private static String sequential(String layer) {
        return "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[" + layer + "]}}";
    }

    private static byte[] hdf5(String layer) {
        byte[] head = new byte[512];
        System.arraycopy(
                new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'}, 0, head, 0, 8);
        return PickleScanTest.joined(head, utf8(sequential(layer)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aFileOfTheClassOfAnAdvisoryIsFlagged(Row row) {
        FileReport report = Scans.scan(row.name().contains("/") ? "x" : row.name(), row.file());
        assertThat(report.verdict()).as(report.toString()).isLessThanOrEqualTo(row.verdict());
        if (!row.rule().isEmpty()) {
            assertThat(report.findings()).extracting("rule").contains(row.rule());
        }
    }

    /// Advisories whose fixtures name a callable say which in their findings.
    @Test
    void aFindingNamesTheAdvisory() {
        assertThat(
                        Scans.scan("x.pkl", Pickles.calling("pip", "main")).findings().stream()
                                .flatMap(finding -> Advisories.bundled().of(finding).stream()))
                .contains("CVE-2025-1716");
        assertThat(
                        Scans.scan("x.pkl", Pickles.calling("cProfile", "run")).findings().stream()
                                .flatMap(finding -> Advisories.bundled().of(finding).stream()))
                .contains("GHSA-49gj-c84q-6qm9")
                .doesNotContain("GHSA-7wx9-6375-f5wh");
    }

    @Test
    void everyAdvisoryThatIsNamedAnywhereHasARow() throws IOException {
        Set<String> rows = rows().map(Row::id).collect(Collectors.toSet());
        try (InputStream in = AdvisoriesTest.class.getResourceAsStream("named-advisories.txt")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .filteredOn(line -> !line.startsWith("#"))
                    .allSatisfy(id -> assertThat(rows).contains(id));
        }
    }

    /// Callables that block lists of other scanners once missed.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "operator:methodcaller.x",
                "pip:main",
                "pip._internal:main",
                "timeit:timeit",
                "pty:spawn",
                "torch.hub:load",
                "torch.jit.unsupported_tensor_ops:execWrapper",
                "torch.utils.collect_env:run",
                "torch.utils._config_module:load_config",
                "torch.utils.bottleneck.__main__:run_cprofile",
                "torch.fx.experimental.symbolic_shapes:eval",
                "torch._dynamo.guards:exec",
                "torch.serialization:load",
                "torch.storage:_load_from_bytes",
                "idlelib.run:Executive.runcode",
                "idlelib.pyshell:ModifiedInterpreter.runcode",
                "idlelib.autocomplete:AutoComplete.get_entity",
                "lib2to3.pgen2.grammar:Grammar.loads",
                "cProfile:runctx",
                "cProfile:run",
                "profile:run",
                "trace:Trace.run",
                "doctest:debug_script",
                "code:InteractiveInterpreter.runcode",
                "bdb:Bdb.run",
                "pdb:run",
                "pydoc:locate",
                "pydoc:pipepager",
                "uuid:_get_command_stdout",
                "_osx_support:_read_output",
                "_aix_support:_read_cmd_output",
                "imaplib:IMAP4_stream",
                "smtplib:SMTP",
                "sqlite3:connect",
                "shelve:open",
                "pkgutil:resolve_name",
                "ctypes:CDLL",
                "marshal:loads",
                "types:FunctionType",
                "types:CodeType",
                "runpy:run_path",
                "importlib:import_module",
                "importlib.machinery:SourceFileLoader",
                "http.client:HTTPSConnection",
                "ensurepip:_run_pip",
                "asyncio.unix_events:_UnixSubprocessTransport._start",
                "multiprocessing.util:spawnv_passfds",
                "distutils.file_util:write_file",
                "tarfile:open",
                "logging:FileHandler",
                "logging.config:listen",
                "urllib.request:urlopen",
                "ssl:get_server_certificate",
                "numpy.f2py.crackfortran:getlincoef",
                "numpy.f2py.crackfortran:myeval",
                "numpy.testing._private.utils:runstring",
                "_interpreters:run_string",
                "_xxsubinterpreters:run_string",
                "webbrowser:open",
                "platform:popen",
                "joblib:load",
                "dill:loads",
                "cloudpickle:loads",
                "pandas:read_pickle",
                "yaml:unsafe_load",
                "builtins:eval",
                "builtins:exec",
                "builtins:compile",
                "builtins:__import__",
                "builtins:open",
                "sys:setprofile",
                "inspect:getsource",
                "gc:get_objects",
                "commands:getoutput",
                "nt:system",
                "fickling:hook",
                "picklescan.scanner:scan_file_path",
                "modelscan.modelscan:ModelScan"
            })
    void aCallableThatOthersMissedIsMalicious(String callable) {
        String[] parts = callable.split(":", 2);
        assertThat(Scans.verdict(Pickles.calling(parts[0], parts[1])))
                .as(callable)
                .isEqualTo(Verdict.MALICIOUS);
    }

    /// Names that reach a module through another one (fickling GHSA on dotted attributes).
    @ParameterizedTest
    @ValueSource(
            strings = {
                "posixpath:os.system",
                "collections:_sys.exit",
                "tempfile:_os.system",
                "inspect:os.popen",
                "random:_os.system",
                "logging:os.system",
                "typing:sys.modules",
                "json:codecs.sys.modules",
                "enum:sys.exit"
            })
    void aModuleReachedThroughAnotherIsMalicious(String callable) {
        String[] parts = callable.split(":", 2);
        assertThat(Scans.verdict(Pickles.protocol(4).call(parts[0], parts[1], "x").stop()))
                .as(callable)
                .isEqualTo(Verdict.MALICIOUS);
    }

    /// CVE-2025-10155: a raw pickle named like a PyTorch file.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pytorch_model.bin",
                "model.pt",
                "model.ckpt",
                "weights.h5",
                "readme.txt",
                "x"
            })
    void theNameOfAPickleDoesNotMatter(String name) {
        assertThat(Scans.scan(name, Pickles.calling("os", "system")).verdict())
                .isEqualTo(Verdict.MALICIOUS);
    }

    /// An archive whose end record says that it is empty.
    @Test
    void aMemberThatTheEndRecordHidesIsFound() {
        byte[] zip = Scans.zip(Map.of("data.pkl", Pickles.calling("os", "system")));
        int end = indexOf(zip, "PK\u0005\u0006");
        Arrays.fill(zip, end + 8, end + 12, (byte) 0);
        assertThat(Scans.verdict(zip)).isEqualTo(Verdict.MALICIOUS);
        Arrays.fill(zip, end + 12, end + 20, (byte) 0);
        assertThat(Scans.verdict(zip)).isEqualTo(Verdict.MALICIOUS);
    }

    private static int indexOf(byte[] bytes, String what) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(what);
    }
}
