package dev.bartizan.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ThreatModelTest {
    @Test
    void claimsDeskGetsTheThreatsThatMatter() {
        ThreatModel model = ThreatModel.derive(Systems.parse(Systems.CLAIMS_DESK), List.of());
        model.threats()
                .forEach(t ->
                        System.err.println(
                                t.severity()
                                        + " "
                                        + t.id()
                                        + " "
                                        + t.rule()
                                        + " "
                                        + t.roles()
                                        + " "
                                        + t.title()
                                        + " "
                                        + t.applicability().getClass().getSimpleName()));
        model.threats()
                .forEach(t ->
                        model.explain(t.id()).orElseThrow().lines().forEach(System.err::println));
        assertThat(model.threats()).isNotEmpty();
    }
}
