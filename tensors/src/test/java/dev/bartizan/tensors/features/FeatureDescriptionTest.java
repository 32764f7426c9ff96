package dev.bartizan.tensors.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bartizan.core.UserError;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureDescriptionTest {
    private static final String WHOLE =
            "features:\n  - { name: amount, type: number, min: 5, max: 10.5, cost: 0.1,"
                    + " description: in euros }\n  - { name: age, type: integer, immutable: true }\n"
                    + "  - { name: web, type: flag, one-hot: channel }\n";

    private static FeatureDescription parse(String text) {
        return FeatureDescription.parse(text.getBytes(StandardCharsets.UTF_8), "f.yaml");
    }

    @Test
    void everyKeyIsRead() {
        assertThat(parse(WHOLE).features())
                .containsExactly(
                        new Feature(
                                "amount",
                                Feature.Type.NUMBER,
                                5,
                                10.5,
                                Feature.Change.FREE,
                                0.1,
                                "",
                                "in euros"),
                        new Feature(
                                "age",
                                Feature.Type.INTEGER,
                                Double.NEGATIVE_INFINITY,
                                Double.POSITIVE_INFINITY,
                                Feature.Change.NONE,
                                0,
                                "",
                                ""),
                        new Feature(
                                "web",
                                Feature.Type.FLAG,
                                0,
                                1,
                                Feature.Change.FREE,
                                0,
                                "channel",
                                ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "features: []",
                "features: [{ name: a, mim: 1 }]",
                "features: [{ name: a }, { name: a }]",
                "features: [{ name: a, min: 2, max: 1 }]",
                "features: [{ name: a, cost: -1 }]",
                "features: [{ name: a, type: colour }]",
                "features: [{ name: a, min: .nan }]",
                "features: [{ name: a, max: big }]",
                "features: [{ name: a, change: sideways }]",
                "features: [{ name: a, immutable: true, change: up }]",
                "features: [{ name: a, immutable: maybe }]",
                "features: [{ name: a, cost: .inf }]",
                "features: [{ name: a, name: b }]",
                "features: [{ name: a }]\nrelations: [{ sum: { b: 1 }, equals: 0 }]",
                "features: [{ name: a }]\nrelations: [{ sum: { a: 1 } }]",
                "features: [{ name: a }]\nrelations: [{ sum: { a: 0 }, equals: 1 }]",
                "columns: [{ name: a }]",
                "[",
                "a: &x [*x, *x]",
                "!d%d",
                ""
            })
    void wrongDescriptionsAreToldToTheUser(String text) {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> parse(text))
                .satisfies(error -> {
                    assertThat(error.where()).startsWith("f.yaml");
                    assertThat(error.mend()).isNotEmpty();
                });
    }

    @Test
    void mistakesNameLineAndColumn() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> parse("features:\n  - { name: a }\n  - { name: b, mim: 1 }\n"))
                .satisfies(error -> {
                    assertThat(error.where()).isEqualTo("f.yaml:3:16");
                    assertThat(error.what()).contains("mim");
                });
    }

    @Test
    void relationsAndCurrencyAreRead() {
        FeatureDescription described =
                parse(
                        "currency: EUR\nfeatures: [{ name: a, type: money, change: up, changed-by:"
                                + " the claimant }, { name: b }]\n"
                                + "relations: [{ sum: { a: 1, b: -1 }, equals: 0 }]\n");
        assertThat(described.currency()).isEqualTo("EUR");
        assertThat(described.features().getFirst().change())
                .isEqualTo(new Feature.Change(Feature.Direction.UP, "the claimant"));
        LinearRelation relation = described.relations().getFirst();
        assertThat(relation.holds(new double[] {1000, 1000.0001})).isTrue();
        assertThat(relation.holds(new double[] {1000, 1001})).isFalse();
        assertThat(relation.excess(new double[] {3, 1})).isEqualTo(2);
    }

    @Test
    void mutatedDescriptionsNeverBreakTheReader() {
        Random random = new Random(11);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = WHOLE.getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(6); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
            }
            try {
                assertThat(FeatureDescription.parse(bytes, "f.yaml").features()).isNotEmpty();
            } catch (UserError e) {
                assertThat(e.what()).isNotEmpty();
            }
        }
    }
}
