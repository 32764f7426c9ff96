package dev.bartizan.threats.exchange;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Element;
import dev.bartizan.core.Zone;
import dev.bartizan.threats.exchange.Draft.Box;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a diagram draws elements and zones: where the system file says, and for what it does not
/// place, one column for each zone below everything that is placed.
final class DragonLayout {
    private static final double WIDTH = 140;
    private static final double HEIGHT = 70;
    private static final double GAP = 40;

    private final Map<String, Box> elements = new HashMap<>();
    private final Map<String, Box> zones = new HashMap<>();
    private final AiSystem system;

    private DragonLayout(AiSystem system) {
        this.system = system;
    }

    static DragonLayout of(AiSystem system) {
        DragonLayout layout = new DragonLayout(system);
        layout.placeWhatIsGiven();
        layout.placeTheRest();
        return layout;
    }

    private static Optional<Box> given(Attributes layout) {
        if (!layout.has("x") || !layout.has("y")) {
            return Optional.empty();
        }
        return Optional.of(
                new Box(
                        number(layout, "x", 0),
                        number(layout, "y", 0),
                        number(layout, "width", WIDTH),
                        number(layout, "height", HEIGHT)));
    }

    private static double number(Attributes layout, String key, double usual) {
        return layout.number(key).map(Number::doubleValue).orElse(usual);
    }

    private void placeWhatIsGiven() {
        system.elements()
                .values()
                .forEach(element ->
                        given(element.attributes().map("layout"))
                                .ifPresent(box -> elements.put(element.id(), box)));
        system.zones()
                .values()
                .forEach(zone ->
                        given(zone.attributes().map("layout"))
                                .ifPresent(box -> zones.put(zone.id(), box)));
    }

    private void placeTheRest() {
        double bottom = 0;
        for (Box box : elements.values()) {
            bottom = Math.max(bottom, box.y() + box.height() + 2 * GAP);
        }
        for (Box box : zones.values()) {
            bottom = Math.max(bottom, box.y() + box.height() + 2 * GAP);
        }
        Map<String, List<String>> columns = new LinkedHashMap<>();
        system.zones().keySet().forEach(zone -> columns.put(zone, new ArrayList<>()));
        for (Element element : system.elements().values()) {
            if (!elements.containsKey(element.id())) {
                columns.computeIfAbsent(element.zone(), _ -> new ArrayList<>()).add(element.id());
            }
        }
        double left = 0;
        for (Map.Entry<String, List<String>> column : columns.entrySet()) {
            boolean isUndrawn =
                    system.zones().containsKey(column.getKey())
                            && !zones.containsKey(column.getKey());
            double y = bottom + GAP;
            for (String element : column.getValue()) {
                elements.put(element, new Box(left + GAP, y, WIDTH, HEIGHT));
                y += HEIGHT + GAP;
            }
            if (isUndrawn) {
                double height = Math.max(y - bottom, HEIGHT + 2 * GAP);
                zones.put(column.getKey(), new Box(left, bottom, WIDTH + 2 * GAP, height));
            }
            if (isUndrawn || !column.getValue().isEmpty()) {
                left += WIDTH + 3 * GAP;
            }
        }
    }

    Box box(Element element) {
        return elements.getOrDefault(element.id(), new Box(0, 0, WIDTH, HEIGHT));
    }

    Box box(Zone zone) {
        return zones.getOrDefault(zone.id(), new Box(0, 0, WIDTH, HEIGHT));
    }

    /// Whether the system file does not say where.
    boolean isInvented(Element element) {
        return given(element.attributes().map("layout")).isEmpty();
    }

    /// Whether the system file does not say where.
    boolean isInvented(Zone zone) {
        return given(zone.attributes().map("layout")).isEmpty();
    }
}
