package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Severity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleScanTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void aCallOfSystemIsFoundInEveryProtocol(int protocol) {
        byte[] pickle = Pickles.protocol(protocol).call("os", "system", "id").stop();
        FileReport report = Scans.scan("model.bin", pickle);
        assertThat(report.verdict()).isEqualTo(Verdict.MALICIOUS);
        assertThat(report.worst()).contains(Severity.CRITICAL);
        assertThat(report.explanation()).contains("v1 = os.system('id')");
        assertThat(report.findings().getFirst().location()).matches("model\\.bin@[0-9]+");
    }

    @Test
    void aNameFromTheMemoIsResolved() {
        byte[] pickle =
                Pickles.protocol(4)
                        .shortText("collections")
                        .ops("q\u0005")
                        .shortText("os")
                        .op(0x94)
                        .shortText("system")
                        .op(0x94)
                        .ops("000h\u0001h\u0002")
                        .op(0x93)
                        .ops("(")
                        .shortText("id")
                        .ops("tR.")
                        .bytes();
        assertThat(Scans.worst(pickle)).isEqualTo(Severity.CRITICAL);
        assertThat(Scans.scan("x", pickle).explanation()).contains("os.system");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 300, 3_000})
    void manySlightFindingsDoNotHideThatItIsBroken(int slight) {
        Pickles pickle = Pickles.protocol(4);
        for (int i = 0; i < slight; i++) {
            pickle.global("package" + i, "Thing").ops(")R0");
        }
        FileReport report = Scans.scan("model.bin", pickle.ops(".").bytes());
        assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(report.worst()).contains(Severity.MEDIUM);
    }

    @Test
    void aNameJoinedFromPiecesIsResolved() {
        byte[] pickle =
                Pickles.protocol(4)
                        .global("builtins", "getattr")
                        .global("os", "path")
                        .ops("0")
                        .global("importlib", "import_module")
                        .shortText("os")
                        .op(0x85)
                        .op('R')
                        .global("builtins", "getattr")
                        .shortText("")
                        .shortText("join")
                        .op(0x86)
                        .op('R')
                        .ops("(")
                        .shortText("sys")
                        .shortText("tem")
                        .ops("l")
                        .op(0x85)
                        .op('R')
                        .op(0x86)
                        .op('R')
                        .shortText("id")
                        .op(0x85)
                        .op('R')
                        .stop();
        assertThat(Scans.scan("x", pickle).explanation()).contains("which is os.system");
        assertThat(Scans.worst(pickle)).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void instanceOpcodesCallToo() {
        assertThat(Scans.worst(Pickles.protocol(0).ops("(S'id'\nios\nsystem\n.").bytes()))
                .isEqualTo(Severity.CRITICAL);
        assertThat(
                        Scans.worst(
                                Pickles.protocol(1)
                                        .ops("(")
                                        .global("os", "system")
                                        .text("id")
                                        .ops("o.")
                                        .bytes()))
                .isEqualTo(Severity.CRITICAL);
        assertThat(
                        Scans.worst(
                                Pickles.protocol(2)
                                        .global("subprocess", "Popen")
                                        .text("id")
                                        .op(0x85)
                                        .op(0x81)
                                        .stop()))
                .isEqualTo(Severity.CRITICAL);
        assertThat(
                        Scans.worst(
                                Pickles.protocol(4)
                                        .global("subprocess", "Popen")
                                        .text("id")
                                        .op(0x85)
                                        .ops("}")
                                        .op(0x92)
                                        .stop()))
                .isEqualTo(Severity.CRITICAL);
    }

    @Test
    void aPayloadInALaterStreamIsFound() {
        byte[] first = Pickles.protocol(2).text("weights").stop();
        byte[] second = Pickles.calling("posix", "system");
        assertThat(Scans.verdict(joined(first, second))).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void aPayloadBeforeTheBytesEndIsFound() {
        byte[] whole = Pickles.protocol(2).call("os", "system", "id").text("rest").stop();
        FileReport report = Scans.scan("x.pkl", Arrays.copyOf(whole, whole.length - 4));
        assertThat(report.verdict()).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void aPickleInsideDataIsFoundRawAndEncoded() {
        byte[] inner = Pickles.calling("os", "system");
        assertThat(Scans.verdict(Pickles.protocol(4).bytes(inner).stop()))
                .isEqualTo(Verdict.MALICIOUS);
        String base64 = Base64.getEncoder().encodeToString(inner);
        assertThat(Scans.verdict(Pickles.protocol(4).text(base64).stop()))
                .isEqualTo(Verdict.MALICIOUS);
        String hex = java.util.HexFormat.of().formatHex(inner);
        assertThat(Scans.verdict(Pickles.protocol(4).text(hex).stop()))
                .isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void settingAttributesOfAModuleIsTampering() {
        byte[] pickle =
                Pickles.protocol(2)
                        .global("torch", "version")
                        .ops("}")
                        .text("x")
                        .text("y")
                        .ops("sb.")
                        .bytes();
        assertThat(Scans.scan("x", pickle).findings())
                .extracting("rule")
                .contains("pickle-changes-loaded-code");
    }

    @Test
    void anUnknownExtensionThatIsCalledIsMalicious() {
        byte[] pickle =
                Pickles.protocol(2)
                        .op(0x84)
                        .int32(0x12345678)
                        .ops("(")
                        .text("id")
                        .ops("tR.")
                        .bytes();
        assertThat(Scans.verdict(pickle)).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void aFrameThatAnOpcodeCrossesIsReported() {
        byte[] pickle = Pickles.protocol(4).op(0x95).int64(3).text("across").stop();
        assertThat(Scans.scan("x.pkl", pickle).verdict()).isEqualTo(Verdict.UNREADABLE);
    }

    @Test
    void fiveHundredThousandNestedTuplesAreReportedWithoutOverflow() {
        Pickles pickle = Pickles.protocol(2).ops(")");
        for (int i = 0; i < 500_000; i++) {
            pickle.op(0x85);
        }
        assertThat(Scans.verdict(pickle.stop())).isEqualTo(Verdict.UNREADABLE);
    }

    @Test
    void valuesThatHoldOneAnotherAreReported() {
        Pickles pickle = Pickles.protocol(4).ops("]").op(0x94);
        for (int i = 0; i < 60; i++) {
            pickle.ops("](h").op(i).ops("h").op(i).op('e').op(0x94);
        }
        assertThat(Scans.verdict(pickle.stop())).isEqualTo(Verdict.UNREADABLE);
    }

    @Test
    void aKeyThatPythonCannotHashIsBroken() {
        byte[] pickle = Pickles.protocol(4).op(0x8f).op(0x94).ops("(h\u0000").op(0x90).stop();
        assertThat(Scans.scan("x.pkl", pickle).verdict()).isEqualTo(Verdict.UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "uuid,UUID",
        "datetime,datetime",
        "collections,OrderedDict",
        "decimal,Decimal",
        "pathlib,PurePosixPath",
        "argparse,Namespace",
        "numpy,dtype",
        "torch,device",
        "sklearn.linear_model._logistic,LogisticRegression",
        "pytorch_lightning.callbacks.model_checkpoint,ModelCheckpoint"
    })
    void objectsThatModelsHoldAreClean(String module, String name) {
        byte[] pickle =
                Pickles.protocol(2)
                        .global(module, name)
                        .ops(")")
                        .op(0x81)
                        .ops("}")
                        .text("value")
                        .text("eval(x)")
                        .ops("sb.")
                        .bytes();
        assertThat(Scans.scan("x.pkl", pickle).worst().orElse(Severity.INFO))
                .isLessThanOrEqualTo(Severity.LOW);
        assertThat(Scans.verdict(pickle)).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void harmlessUsesOfGetattrAndItemgetterAreClean() {
        assertThat(
                        Scans.verdict(
                                Pickles.protocol(2)
                                        .global("builtins", "getattr")
                                        .ops("]")
                                        .text("append")
                                        .op(0x86)
                                        .op('R')
                                        .stop()))
                .isEqualTo(Verdict.CLEAN);
        assertThat(
                        Scans.verdict(
                                Pickles.protocol(2)
                                        .global("operator", "itemgetter")
                                        .ops("K\u0001")
                                        .op(0x85)
                                        .op('R')
                                        .stop()))
                .isEqualTo(Verdict.CLEAN);
        assertThat(
                        Scans.verdict(
                                Pickles.protocol(2)
                                        .global("functools", "partial")
                                        .global("builtins", "sum")
                                        .op(0x85)
                                        .op('R')
                                        .stop()))
                .isEqualTo(Verdict.CLEAN);
    }

    @Test
    void theSameCallablesWithDangerousArgumentsAreNot() {
        assertThat(
                        Scans.verdict(
                                Pickles.protocol(2)
                                        .global("functools", "partial")
                                        .global("os", "system")
                                        .op(0x85)
                                        .op('R')
                                        .stop()))
                .isEqualTo(Verdict.MALICIOUS);
        assertThat(
                        Scans.verdict(
                                Pickles.protocol(2)
                                        .global("builtins", "getattr")
                                        .global("collections", "OrderedDict")
                                        .text("__subclasses__")
                                        .op(0x86)
                                        .op('R')
                                        .stop()))
                .isEqualTo(Verdict.MALICIOUS);
        assertThat(
                        Scans.verdict(
                                Pickles.protocol(2)
                                        .global("operator", "methodcaller")
                                        .text("system")
                                        .text("id")
                                        .op(0x86)
                                        .op('R')
                                        .global("os", "")
                                        .op(0x85)
                                        .op('R')
                                        .stop()))
                .isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void textThatMentionsCodeIsClean() {
        byte[] pickle =
                Pickles.protocol(2)
                        .ops("(")
                        .text("import os; os.system('id')")
                        .text("eval(x)")
                        .ops("t.")
                        .bytes();
        assertThat(Scans.verdict(pickle)).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void plainTextIsNoPickle() {
        assertThat(
                        Scans.scan(
                                        "notes.txt",
                                        "computer says no\nI am text.\n"
                                                .getBytes(StandardCharsets.UTF_8))
                                .formats())
                .containsExactly("text");
    }

    @Test
    void everyByteOfACleanPickleIsCovered() {
        byte[] pickle = Pickles.protocol(4).ops("}(").text("a").ops("K\u0001u.").bytes();
        FileReport report = Scans.scan("x.pkl", pickle);
        assertThat(report.verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(report.coveredBytes()).isEqualTo(pickle.length);
    }

    @Test
    void itemsPutIntoATupleBreakOnlyThatPickle() {
        byte[] bare = Pickles.protocol(2).global("torch.nn", "Linear").ops(")").op(0x81).stop();
        FileReport before = Scans.scan("model.pkl", bare);
        byte[] poison = Pickles.protocol(2).ops(")(K\u0001e").stop();
        assertThat(Scans.verdict(poison)).isEqualTo(Verdict.UNREADABLE);
        assertThat(Scans.scan("model.pkl", bare).findings()).isEqualTo(before.findings());
        assertThat(before.verdict()).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void unknownBytesBehindAPickleAreNotClean() {
        byte[] pickle =
                joined(
                        Pickles.protocol(2).text("a").stop(),
                        new byte[] {1, 2, 3, 4, 5, (byte) 0xfe, 9});
        assertThat(Scans.scan("x.pkl", pickle).verdict()).isEqualTo(Verdict.NOT_COVERED);
    }

    static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
