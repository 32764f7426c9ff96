package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Check;
import dev.bartizan.core.Claim;
import dev.bartizan.core.FactSource;
import dev.bartizan.core.SchemaSource;
import dev.bartizan.core.SimulatedEndpoints;
import dev.bartizan.knowledge.Claims;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServicesTest {
    @ParameterizedTest
    @ValueSource(
            classes = {Check.class, FactSource.class, SchemaSource.class, SimulatedEndpoints.class})
    void servicesOnTheClassPathAreThoseOfTheModules(Class<?> service) throws IOException {
        Set<String> onClassPath =
                ServiceLoader.load(service).stream()
                        .map(provider -> provider.type().getName())
                        .filter(name -> !name.contains(".contributing."))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(onClassPath).isNotEmpty().isEqualTo(providedByModules(service.getName()));
    }

    @Test
    void everyCheckSpeaksOfClaimsThatAreInTheCatalogue() {
        Set<String> known =
                Claims.bundled().all().stream()
                        .map(card -> card.claim().name())
                        .collect(Collectors.toSet());
        for (Check check : ServiceLoader.load(Check.class)) {
            assertThat(known)
                    .as(check.card().id())
                    .containsAll(check.card().claims().stream().map(Claim::name).toList());
        }
    }

    @Test
    void idsOfChecksAreUnique() {
        List<String> ids =
                ServiceLoader.load(Check.class).stream()
                        .map(provider -> provider.get().card().id())
                        .toList();
        assertThat(ids).doesNotHaveDuplicates();
    }

    private static Set<String> providedByModules(String service) throws IOException {
        Set<String> names = new TreeSet<>();
        Set<URI> seen = new HashSet<>();
        for (URL url :
                Collections.list(
                        ServicesTest.class.getClassLoader().getResources("module-info.class"))) {
            if (seen.add(URI.create(url.toString()))) {
                names.addAll(provided(url, service));
            }
        }
        return names;
    }

    private static Set<String> provided(URL url, String service) {
        try (InputStream in = url.openStream()) {
            return ModuleDescriptor.read(in).provides().stream()
                    .filter(provides -> provides.service().equals(service))
                    .flatMap(provides -> provides.providers().stream())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
