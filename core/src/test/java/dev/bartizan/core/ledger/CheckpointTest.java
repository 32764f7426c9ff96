package dev.bartizan.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    /// The example of the C2SP specification tlog-checkpoint.
    private static final String PUBLISHED = "example.com/behind-the-sofa\n20852163\n" + ROOT + "\n";

    @Test
    void publishedExampleReadsAndWritesBack() {
        Checkpoint checkpoint = Checkpoint.parse(PUBLISHED);
        assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
        assertThat(checkpoint.size()).isEqualTo(20852163);
        assertThat(checkpoint.root().hex())
                .isEqualTo("0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62");
        assertThat(checkpoint.text()).isEqualTo(PUBLISHED);
    }

    @Test
    void signaturesAndExtensionsAreLeftAlone() {
        String signed =
                PUBLISHED + "extension\n\n\u2014 example.com/behind-the-sofa Az3grlgtzPI=\n";
        assertThat(Checkpoint.parse(signed)).isEqualTo(Checkpoint.parse(PUBLISHED));
    }

    @Test
    void bothFormsReadBack() {
        for (String origin : List.of("a", "bartizan.local/x", "a/1/b", "ü/0")) {
            for (long size : new long[] {0, 1, 10, 999_999_999_999_999_999L}) {
                Checkpoint checkpoint = new Checkpoint(origin, size, Digest.of(origin + size));
                assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
                assertThat(Checkpoint.parse(checkpoint.compact())).isEqualTo(checkpoint);
                assertThat(Checkpoint.parse("  " + checkpoint.compact() + "\n"))
                        .isEqualTo(checkpoint);
                assertThat(checkpoint.compact()).doesNotContain("\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n\n",
                "a\n1",
                "a\n01\n" + ROOT,
                "a\n-1\n" + ROOT,
                "a\n+1\n" + ROOT,
                "a\n1e3\n" + ROOT,
                "a\n9999999999999999999\n" + ROOT,
                "a b\n1\n" + ROOT,
                "a+b\n1\n" + ROOT,
                "\n1\n" + ROOT,
                "a\n1\n" + ROOT + "=",
                "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=",
                "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I",
                "a\n1\nAAAA",
                "a/1/abc",
                "/1/0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"
            })
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(UserError.class);
    }

    @Test
    void brokenTextGivesAUserErrorOrACheckpointAndNothingElse() {
        Random random = new Random(31);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text =
                    new StringBuilder(
                            i % 2 == 0 ? PUBLISHED : Checkpoint.parse(PUBLISHED).compact());
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x180));
            }
            Throwable thrown = catchThrowable(() -> Checkpoint.parse(text.toString()));
            assertThat(thrown == null || thrown instanceof UserError).as("%s", text).isTrue();
        }
    }

    @Test
    void longTextIsRefused() {
        assertThatThrownBy(() -> Checkpoint.parse(PUBLISHED + "x\n".repeat(100_000)))
                .isInstanceOf(UserError.class);
    }

    @Test
    void anyNameMakesAnOrigin() {
        assertThat(Checkpoint.originFor("Claims desk")).isEqualTo("bartizan.local/claims-desk");
        for (String name : List.of("", "  ", "+++", "日本", "a\nb", "x".repeat(1000), "É a+b")) {
            String origin = Checkpoint.originFor(name);
            assertThat(new Checkpoint(origin, 0, Digest.of("")).origin()).isEqualTo(origin);
        }
        assertThat(Checkpoint.originFor("日本")).isNotEqualTo(Checkpoint.originFor("中国"));
    }
}
