package dev.bartizan.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CataloguesTest {
    private final Catalogues catalogues = Catalogues.bundled();

    @Test
    void everyCatalogueIsThereInFull() {
        assertThat(catalogues.names())
                .containsExactly(
                        "atlas", "owasp-llm", "owasp-agentic", "owasp-ml", "nist", "cwe", "stride");
        assertThat(catalogues.entries("atlas"))
                .filteredOn(entry -> entry.kind().endsWith("technique"))
                .hasSize(170);
        assertThat(catalogues.entries("owasp-llm")).hasSize(10);
        assertThat(catalogues.entries("nist")).hasSize(28);
    }

    @Test
    void parentsTacticsAndRelationsNameEntriesOfTheSameCatalogue() {
        for (String name : catalogues.names()) {
            for (CatalogueEntry entry : catalogues.entries(name)) {
                for (List<String> ids :
                        List.of(entry.parents(), entry.tactics(), entry.related())) {
                    assertThat(ids)
                            .as(entry.id())
                            .allSatisfy(id -> assertThat(catalogues.entry(name, id)).isPresent());
                }
            }
        }
    }

    @Test
    void anEntryKnowsItsNameAndMaturity() {
        CatalogueEntry entry = catalogues.entry("atlas", "AML.T0051.001").orElseThrow();
        assertThat(entry.name()).isEqualTo("Indirect");
        assertThat(entry.parents()).containsExactly("AML.T0051");
        assertThat(entry.maturity()).isIn("feasible", "demonstrated", "realized");
        assertThat(catalogues.entry("atlas", "AML.T9999")).isEmpty();
    }

    @Test
    void claimsHaveDistinctNamesAndMeanings() {
        List<ClaimCard> cards = Claims.bundled().all();
        assertThat(cards).extracting(ClaimCard::claim).doesNotHaveDuplicates();
        assertThat(cards).extracting(ClaimCard::confirmed).doesNotHaveDuplicates();
    }
}
