package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One case for each advisory against scanners of pickles that is known to us, made anew here.
class AdvisoriesTest {
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

    /// CVE-2025-1889: a pickle under a name that no loader is said to use.
    @Test
    void aPickleUnderAnyNameInAnArchiveIsFound() {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("archive/data.pkl", Pickles.protocol(2).ops("}.").bytes());
        members.put("archive/config.p", Pickles.calling("os", "system"));
        assertThat(Scans.verdict(Scans.zip(members))).isEqualTo(Verdict.MALICIOUS);
    }

    /// CVE-2025-1944: the name in the member's own header differs from the directory's.
    @Test
    void namesThatDisagreeInAnArchiveAreReported() {
        byte[] zip = Scans.zip(Map.of("data.pkl", Pickles.calling("os", "system")));
        int name = indexOf(zip, "data.pkl");
        zip[name] = 'x';
        FileReport report = Scans.scan("model.pt", zip);
        assertThat(report.verdict()).isEqualTo(Verdict.MALICIOUS);
        assertThat(report.findings()).extracting("rule").contains("archive-readers-disagree");
    }

    /// CVE-2025-1945: flag bits claim encryption that is not there.
    @Test
    void aFalseClaimOfEncryptionHidesNothing() {
        byte[] zip = Scans.zip(Map.of("data.pkl", Pickles.calling("os", "system")));
        zip[6] |= 1;
        zip[indexOf(zip, "PK\u0001\u0002") + 8] |= 1;
        assertThat(Scans.verdict(zip)).isEqualTo(Verdict.MALICIOUS);
    }

    /// CVE-2025-10156: a wrong checksum.
    @Test
    void aWrongChecksumHidesNothing() {
        byte[] zip = Scans.zip(Map.of("data.pkl", Pickles.calling("os", "system")));
        zip[14] ^= 0x55;
        zip[indexOf(zip, "PK\u0001\u0002") + 16] ^= 0x55;
        FileReport report = Scans.scan("model.pt", zip);
        assertThat(report.verdict()).isEqualTo(Verdict.MALICIOUS);
        assertThat(report.findings()).extracting("rule").contains("archive-structure");
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
