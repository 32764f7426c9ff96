package dev.bartizan.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Control;
import dev.bartizan.core.Element;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Threat;
import dev.bartizan.core.Zone;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThreatModelPropertiesTest {
    private static final int SYSTEMS = 25;

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (long seed = 0; seed < SYSTEMS; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    private static AiSystem system(long seed) {
        Random random = new Random(seed);
        return RandomSystems.of(random, 5 + random.nextInt(25));
    }

    private static List<Threat> threats(AiSystem system) {
        return ThreatModel.derive(system, List.of()).threats();
    }

    private static Set<String> ids(List<Threat> threats) {
        Set<String> ids = new LinkedHashSet<>();
        threats.forEach(threat -> ids.add(threat.id()));
        return ids;
    }

    private static AiSystem withElements(AiSystem system, Map<String, Element> elements) {
        return RandomSystems.system(
                system.zones(),
                elements,
                system.flows(),
                system.controls(),
                system.protocols(),
                List.of());
    }

    private static AiSystem changed(AiSystem system, UnaryOperator<Element> change) {
        Map<String, Element> elements = new LinkedHashMap<>();
        system.elements().forEach((id, element) -> elements.put(id, change.apply(element)));
        return withElements(system, elements);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noThreatIsDerivedTwice(long seed) {
        List<Threat> threats = threats(system(seed));
        assertThat(threats).isNotEmpty();
        assertThat(ids(threats)).hasSameSizeAs(threats);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameSystemGivesTheSameModel(long seed) {
        assertThat(threats(system(seed))).isEqualTo(threats(system(seed)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void relabellingChangesNoId(long seed) {
        AiSystem system = system(seed);
        AiSystem relabelled =
                changed(
                        system,
                        e ->
                                new Element(
                                        e.id(),
                                        e.kind(),
                                        "New " + e.id(),
                                        e.zone(),
                                        e.attributes(),
                                        e.place()));
        assertThat(ids(threats(relabelled))).isEqualTo(ids(threats(system)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void renamingZonesChangesNoId(long seed) {
        AiSystem system = system(seed);
        Map<String, Zone> zones = new LinkedHashMap<>();
        system.zones()
                .forEach((id, zone) -> zones.put("z-" + id, new Zone("z-" + id, zone.trust())));
        AiSystem moved =
                changed(
                        system,
                        e ->
                                new Element(
                                        e.id(),
                                        e.kind(),
                                        e.label(),
                                        e.zone().isEmpty() ? "" : "z-" + e.zone(),
                                        e.attributes(),
                                        e.place()));
        AiSystem renamed =
                RandomSystems.system(
                        zones,
                        moved.elements(),
                        system.flows(),
                        system.controls(),
                        system.protocols(),
                        List.of());
        assertThat(ids(threats(renamed))).isEqualTo(ids(threats(system)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void reorderingTheFileChangesNothing(long seed) {
        AiSystem system = system(seed);
        Random random = new Random(seed);
        List<Element> elements = new ArrayList<>(system.elements().values());
        List<Flow> flows = new ArrayList<>(system.flows());
        List<Control> controls = new ArrayList<>(system.controls());
        Collections.shuffle(elements, random);
        Collections.shuffle(flows, random);
        Collections.shuffle(controls, random);
        Map<String, Element> shuffled = new LinkedHashMap<>();
        elements.forEach(element -> shuffled.put(element.id(), element));
        AiSystem reordered =
                RandomSystems.system(
                        system.zones(), shuffled, flows, controls, system.protocols(), List.of());
        assertThat(threats(reordered).stream().map(ThreatModelPropertiesTest::outline).toList())
                .isEqualTo(
                        threats(system).stream().map(ThreatModelPropertiesTest::outline).toList());
    }

    private static List<Object> outline(Threat threat) {
        List<String> controls =
                threat.applicability() instanceof Applicability.Mitigated mitigated
                        ? mitigated.controls()
                        : List.of();
        return List.of(threat.id(), threat.title(), controls, threat.path());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDetourOnARouteChangesNoId(long seed) {
        AiSystem system = system(seed);
        Map<String, Element> elements = new LinkedHashMap<>(system.elements());
        Element relay =
                new Element(
                        "relay",
                        dev.bartizan.core.ElementKind.IDENTITY_PROVIDER,
                        "Relay",
                        "",
                        Attributes.NONE,
                        dev.bartizan.core.Place.NOWHERE);
        elements.put("relay", relay);
        List<Flow> flows = new ArrayList<>(system.flows());
        Flow first = flows.get(0);
        flows.add(new Flow(first.from(), "relay", first.carries(), first.place()));
        flows.add(new Flow("relay", first.to(), first.carries(), first.place()));
        AiSystem detoured =
                RandomSystems.system(
                        system.zones(),
                        elements,
                        flows,
                        system.controls(),
                        system.protocols(),
                        List.of());
        assertThat(ids(threats(detoured)).containsAll(ids(threats(system)))).isTrue();
        assertThat(threats(detoured))
                .filteredOn(threat -> !threat.roles().containsValue("relay"))
                .extracting(Threat::id)
                .containsExactlyInAnyOrderElementsOf(ids(threats(system)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void addingAControlAddsNoThreat(long seed) {
        AiSystem system = system(seed);
        Random random = new Random(seed);
        List<Control> controls = new ArrayList<>(system.controls());
        for (int i = 0; i < 5; i++) {
            controls.add(RandomSystems.control(random, "added" + i, system.elements().size()));
        }
        AiSystem guarded =
                RandomSystems.system(
                        system.zones(),
                        system.elements(),
                        system.flows(),
                        controls,
                        system.protocols(),
                        List.of());
        assertThat(ids(threats(guarded))).isEqualTo(ids(threats(system)));
        assertThat(open(guarded)).isSubsetOf(open(system));
    }

    private static Set<String> open(AiSystem system) {
        return ids(
                threats(system).stream()
                        .filter(threat -> threat.applicability() instanceof Applicability.Applies)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aLonelyElementTakesOnlyItsOwnThreatsWithIt(long seed) {
        AiSystem system = system(seed);
        AiSystem with = withElements(system, plus(system, "lonely"));
        List<Threat> more = threats(with);
        assertThat(ids(more.stream().filter(t -> !t.at().equals("lonely")).toList()))
                .isEqualTo(ids(threats(system)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void deletingAnElementRemovesOnlyWhatHangsOnIt(long seed) {
        AiSystem system = system(seed);
        String gone = "e" + new Random(seed).nextInt(system.elements().size());
        Set<String> left = ids(threats(without(system, gone)));
        assertThat(threats(system))
                .filteredOn(threat -> !left.contains(threat.id()))
                .allSatisfy(threat -> assertThat(hangsOn(threat, gone)).as("%s", threat).isTrue());
    }

    private static boolean hangsOn(Threat threat, String element) {
        String word = "(?s).*\\b" + element + "\\b.*";
        return threat.roles().containsValue(element)
                || threat.path().toString().matches(word)
                || threat.applicability().facts().toString().matches(word);
    }

    private static AiSystem without(AiSystem system, String gone) {
        Map<String, Element> elements = new LinkedHashMap<>();
        system.elements()
                .forEach((id, e) -> {
                    Map<String, Object> values = new LinkedHashMap<>();
                    e.attributes()
                            .values()
                            .forEach((key, value) -> {
                                if (!List.of(gone).equals(value)) {
                                    values.put(key, value);
                                }
                            });
                    if (!id.equals(gone)) {
                        elements.put(
                                id,
                                new Element(
                                        id,
                                        e.kind(),
                                        e.label(),
                                        e.zone(),
                                        new Attributes(values),
                                        e.place()));
                    }
                });
        return RandomSystems.system(
                system.zones(),
                elements,
                system.flows().stream()
                        .filter(f -> !f.from().equals(gone) && !f.to().equals(gone))
                        .toList(),
                system.controls().stream().filter(c -> !c.at().equals(gone)).toList(),
                system.protocols().stream().filter(p -> !p.at().equals(gone)).toList(),
                List.of());
    }

    private static Map<String, Element> plus(AiSystem system, String id) {
        Map<String, Element> elements = new LinkedHashMap<>(system.elements());
        elements.put(
                id,
                new Element(
                        id,
                        dev.bartizan.core.ElementKind.LLM,
                        id,
                        "",
                        new Attributes(Map.of("endpoint", "https://x.example")),
                        dev.bartizan.core.Place.NOWHERE));
        return elements;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyOutcomeExplainsItself(long seed) {
        ThreatModel model = ThreatModel.derive(system(seed), List.of());
        assertThat(model.threats())
                .allSatisfy(threat -> {
                    Explanation why = model.explain(threat.id()).orElseThrow();
                    assertThat(why.threat()).isEqualTo(threat);
                    assertThat(why.lines()).hasSizeGreaterThan(4);
                });
        assertThat(model.notApplicable())
                .allSatisfy(threat ->
                        assertThat(model.explain(threat.id()).orElseThrow().conditions())
                                .anyMatch(decided -> !decided.answer().equals("yes")));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void witnessPathsAreRealAndEndAtTheirThreat(long seed) {
        for (Threat threat : threats(system(seed))) {
            for (int i = 1; i < threat.path().size(); i++) {
                assertThat(threat.path().get(i).from()).isEqualTo(threat.path().get(i - 1).to());
            }
            if (!threat.path().isEmpty()) {
                assertThat(List.of(threat.path().getFirst().from(), threat.path().getLast().to()))
                        .containsAnyElementsOf(threat.roles().values());
            }
        }
    }
}
