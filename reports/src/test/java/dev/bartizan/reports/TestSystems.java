package dev.bartizan.reports;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Coverage;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Place;
import dev.bartizan.core.Zone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Systems of any size, for layouts.
public final class TestSystems {
    private TestSystems() {}

    /// A system of so many elements and flows in so many zones; flows make cycles and loops.
    public static AiSystem of(int elements, int flows, int zones, long seed) {
        Random random = new Random(seed);
        Zone.Trust[] trusts = Zone.Trust.values();
        Map<String, Zone> byId = new LinkedHashMap<>();
        for (int i = 0; i < zones; i++) {
            byId.put("zone-" + i, new Zone("zone-" + i, trusts[random.nextInt(trusts.length)]));
        }
        ElementKind[] kinds = ElementKind.values();
        Map<String, Element> all = new LinkedHashMap<>();
        for (int i = 0; i < elements; i++) {
            String zone = zones == 0 ? "" : "zone-" + random.nextInt(zones);
            all.put(
                    "element-" + i,
                    new Element(
                            "element-" + i,
                            kinds[random.nextInt(kinds.length)],
                            "element-" + i,
                            zone,
                            Attributes.NONE,
                            Place.NOWHERE));
        }
        List<Flow> drawn = new ArrayList<>();
        for (int i = 0; i < flows; i++) {
            drawn.add(
                    new Flow(
                            "element-" + random.nextInt(elements),
                            "element-" + random.nextInt(elements),
                            List.of("data"),
                            Place.NOWHERE));
        }
        return new AiSystem(
                "System of " + elements,
                Path.of("system.yaml"),
                Attributes.NONE,
                "production",
                byId,
                all,
                drawn,
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    /// An assessment of such a system in which no rule applies.
    public static Assessment bare(int elements, int flows, int zones) {
        return new Assessment(
                of(elements, flows, zones, 7),
                Fixture.AT,
                "0.1.0",
                List.of(),
                List.of(),
                List.of(),
                new Coverage(0, 0, 0, 0, Optional.empty()),
                List.of(),
                "bartizan\n0\nx\n");
    }
}
