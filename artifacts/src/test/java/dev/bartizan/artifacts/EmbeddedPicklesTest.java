package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Pickles in the middle of bytes that no reader knows, and how often such bytes are run.
class EmbeddedPicklesTest {
    private static final byte[] HEAD = {0, 1, 'H', 'D', 'R', (byte) 0xff, 0};
    private static final String TOO_MANY = "places that look like pickles, more than are tried";

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /// Harmless calls in a row, each a place where a pickle may start.
    private static Pickles calls(int count) {
        Pickles pickle = Pickles.protocol(2).op('(');
        for (int i = 0; i < count; i++) {
            pickle.global("numpy", "dtype").text("f4").op(0x85).op('R');
        }
        return pickle.op('t');
    }

    @Test
    void aHarmlessPickleIsNotReadAgainFromEachOfItsOpcodes() {
        FileReport report = Scans.scan("m", joined(HEAD, calls(3_000).stop()));
        assertThat(report.verdict()).isEqualTo(Verdict.NOT_COVERED);
        assertThat(report.notCovered()).doesNotContain(TOO_MANY);
    }

    @Test
    void morePlacesThanAreTriedAreSaidNotToBeCovered() {
        byte[] unended = calls(3_000).bytes(); // what no STOP ends is tried from everywhere
        FileReport report = Scans.scan("m", joined(HEAD, unended));
        assertThat(report.verdict()).isEqualTo(Verdict.NOT_COVERED);
        assertThat(report.notCovered()).contains(TOO_MANY);
    }

    @Test
    void whatTheMemoCountsOtherwiseFromTheMiddleOnIsFound() {
        byte[] pickle =
                Pickles.protocol(4)
                        .shortText("collections")
                        .op(0x94)
                        .shortText("OrderedDict")
                        .op(0x94)
                        .ops("00")
                        .shortText("os")
                        .op(0x94)
                        .shortText("system")
                        .op(0x94)
                        .ops("00h\0h\1")
                        .op(0x93)
                        .ops(")R")
                        .stop();
        assertThat(Scans.verdict(pickle)).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.verdict(joined(HEAD, pickle))).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void aHarmlessPickleDoesNotHideTheOneBehindOrInIt() {
        byte[] payload = Pickles.calling("os", "system");
        byte[] holding = calls(2).bytes(payload).op('0').stop();
        assertThat(Scans.verdict(joined(HEAD, calls(5).stop(), payload)))
                .isEqualTo(Verdict.MALICIOUS);
        assertThat(Scans.verdict(joined(HEAD, holding))).isEqualTo(Verdict.MALICIOUS);
    }

    /// The tail of an archive is searched, but for members that were read as pickles.
    @Test
    void whatStandsBesidePicklesOfAnArchiveIsFound() {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("a.pkl", calls(3).stop());
        members.put("b.bin", new byte[40]);
        members.put("c.pkl", calls(3).stop());
        byte[] zip = Scans.zip(members);
        assertThat(Scans.verdict(zip)).isNotIn(Verdict.MALICIOUS, Verdict.SUSPICIOUS);
        assertThat(Scans.verdict(joined(zip, Pickles.calling("os", "system"))))
                .isEqualTo(Verdict.MALICIOUS);
    }
}
