package dev.bartizan.cli;

import dev.bartizan.core.Check;
import dev.bartizan.core.CheckCard;
import dev.bartizan.core.FactSource;
import dev.bartizan.core.SchemaFragment;
import dev.bartizan.core.SchemaSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Everything the tool is made of, put together: what the modules contribute.
///
/// @param checks by id, in the order of their ids
/// @param factSources in the order of their ids
/// @param fragments what modules and checks add to the schema of the system file
record Wiring(List<Check> checks, List<FactSource> factSources, List<SchemaFragment> fragments) {
    Wiring {
        checks = List.copyOf(checks);
        factSources = List.copyOf(factSources);
        fragments = List.copyOf(fragments);
    }

    /// Finds what the modules contribute.
    static Wiring discover() {
        List<Check> checks =
                ServiceLoader.load(Check.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .sorted(Comparator.comparing(check -> check.card().id()))
                        .toList();
        List<FactSource> sources =
                ServiceLoader.load(FactSource.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .sorted(Comparator.comparing(FactSource::id))
                        .toList();
        return new Wiring(checks, sources, fragments(checks));
    }

    private static List<SchemaFragment> fragments(List<Check> checks) {
        List<SchemaFragment> fragments = new ArrayList<>();
        for (SchemaSource source : ServiceLoader.load(SchemaSource.class)) {
            fragments.addAll(source.fragments());
        }
        for (Check check : checks) {
            check.card()
                    .parameterSchema()
                    .ifPresent(schema ->
                            fragments.add(
                                    new SchemaFragment(
                                            SchemaFragment.Place.CHECK,
                                            check.card().id(),
                                            schema)));
        }
        fragments.sort(
                Comparator.comparing(SchemaFragment::place).thenComparing(SchemaFragment::key));
        return fragments;
    }

    /// The cards of the checks, by id.
    Map<String, CheckCard> cards() {
        return checks.stream()
                .map(Check::card)
                .collect(Collectors.toMap(CheckCard::id, Function.identity()));
    }
}
