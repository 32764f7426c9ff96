package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.testkit.PatternCosts;
import dev.bartizan.testkit.Repository;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// No text makes an expression backtrack for long: what is scanned, guarded and imported is written
/// by strangers.
class PatternsTest {
    /// Those that see short texts alone, and why.
    private static final Map<String, String> SHORT =
            Map.of(
                    "dev.bartizan.artifacts.text.MetadataText.PRIVATE",
                    "texts of fewer than 400 letters");

    @ParameterizedTest
    @CsvSource({
        "artifacts, dev.bartizan.artifacts.Scanner",
        "cli, dev.bartizan.cli.Bartizan",
        "core, dev.bartizan.core.ElementKind",
        "formats, dev.bartizan.formats.ByteReader",
        "guard, dev.bartizan.guard.Guard",
        "provenance, dev.bartizan.provenance.ArtifactSchema",
        "range, dev.bartizan.range.SimulatedRange",
        "reports, dev.bartizan.reports.page.CostCurve",
        "targets, dev.bartizan.targets.Target",
        "threats, dev.bartizan.threats.ProtocolThreats",
    })
    void noTextIsDear(String module, Class<?> member) {
        PatternCosts costs = PatternCosts.of(member, Repository.file(module + "/src/main/java"));
        assertThat(costs.size()).isPositive();
        assertThat(costs.dear()).filteredOn(dear -> !SHORT.containsKey(dear.where())).isEmpty();
    }
}
