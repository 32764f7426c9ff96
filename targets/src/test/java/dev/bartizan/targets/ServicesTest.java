package dev.bartizan.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Check;
import dev.bartizan.core.Element;
import dev.bartizan.core.Fact;
import dev.bartizan.core.FactSource;
import dev.bartizan.core.SchemaFragment;
import dev.bartizan.core.SchemaSource;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ServicesTest {
    private static List<Fact> facts(String address) {
        Element element = Systems.assistant(address, Map.of());
        AiSystem system = Systems.system(element);
        return new EndpointFacts().facts(system, element);
    }

    @Test
    void checksAreFoundByTheLoaderWithReadableParameterSchemas() {
        List<String> ids =
                ServiceLoader.load(Check.class).stream()
                        .map(provider -> provider.get().card())
                        .filter(card ->
                                BoundedJson.read(card.parameterSchema().orElse(""))
                                        .filter(schema -> schema.has("properties"))
                                        .isPresent())
                        .map(card -> card.id())
                        .toList();
        assertThat(ids).contains("endpoint-exposure", "protocol");
    }

    @Test
    void elementKeysAreContributedWithDescriptions() {
        List<SchemaFragment> fragments =
                ServiceLoader.load(SchemaSource.class).stream()
                        .flatMap(provider -> provider.get().fragments().stream())
                        .filter(fragment -> fragment.place() == SchemaFragment.Place.ELEMENT)
                        .toList();
        assertThat(fragments)
                .extracting(SchemaFragment::key)
                .contains("endpoint", "protocol", "principals", "reset", "seed", "model")
                .contains("system-prompt");
        assertThat(fragments)
                .allSatisfy(fragment ->
                        assertThat(
                                        BoundedJson.read(fragment.schema())
                                                .orElseThrow()
                                                .has("description"))
                                .isTrue());
    }

    @Test
    void addressAloneGivesTheFacts() {
        assertThat(ServiceLoader.load(FactSource.class))
                .anyMatch(source -> source instanceof EndpointFacts);
        assertThat(facts("simulated:claims-desk"))
                .extracting(Fact::name)
                .containsExactly("endpoint.simulated");
        assertThat(facts("HTTPS://a.example")).extracting(Fact::value).containsExactly("https");
        assertThat(facts("::: no address")).isEmpty();
    }
}
