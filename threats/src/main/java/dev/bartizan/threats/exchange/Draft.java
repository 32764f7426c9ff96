package dev.bartizan.threats.exchange;

import dev.bartizan.core.ElementKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A system while it is read from another tool's model. Ids of the other tool are kept as keys; ids
/// of the system file are made from names.
final class Draft {
    /// Key of the document itself among the natives.
    static final String ROOT = "";

    private static final int MAX_ID = 60;
    private static final Pattern ID =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?");

    private final String format;
    private final String name;
    private final Map<String, Zone> zones = new LinkedHashMap<>();
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final List<Way> ways = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private final Map<String, Object> carried = new LinkedHashMap<>();
    private Optional<Plain> root = Optional.empty();
    private final Set<String> natives = new HashSet<>();
    private final Map<String, Map<String, KnownThreat>> threats = new LinkedHashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();

    Draft(String format, String name) {
        this.format = format;
        this.name = name;
    }

    /// A trust zone to be.
    record Zone(
            String id,
            String key,
            String name,
            String trust,
            String within,
            Optional<Box> box,
            Map<String, Object> carried) {}

    /// An element to be.
    record Part(
            String id,
            String key,
            String name,
            String kind,
            String zone,
            String description,
            Optional<Box> box,
            Map<String, Object> attributes,
            Map<String, Object> carried,
            Map<String, Object> carriedOfOthers) {
        Part in(String newZone) {
            return new Part(
                    id,
                    key,
                    name,
                    kind,
                    newZone,
                    description,
                    box,
                    attributes,
                    carried,
                    carriedOfOthers);
        }
    }

    /// A flow to be.
    record Way(
            String from,
            String to,
            String name,
            List<String> carries,
            Map<String, Object> carried) {}

    /// Where a diagram draws something.
    record Box(double x, double y, double width, double height) {
        /// Whether the middle of another box lies in it.
        boolean holds(Box other) {
            double middleX = other.x + other.width / 2;
            double middleY = other.y + other.height / 2;
            return middleX >= x && middleX <= x + width && middleY >= y && middleY <= y + height;
        }

        double area() {
            return width * height;
        }
    }

    String format() {
        return format;
    }

    String name() {
        return name;
    }

    Map<String, Zone> zones() {
        return zones;
    }

    Map<String, Part> parts() {
        return parts;
    }

    List<Way> ways() {
        return ways;
    }

    List<String> losses() {
        return losses;
    }

    Map<String, Object> carried() {
        return carried;
    }

    /// Takes back what an export of ours wrote about the whole system.
    void restoreRoot(Plain ours) {
        root = Optional.of(ours).filter(Plain::isMap);
        if (ours.isTrue("native")) {
            natives.add(ROOT);
        }
    }

    /// What an export of ours wrote about the whole system.
    Optional<Plain> root() {
        return root;
    }

    /// Keys of what an export of ours made from nothing foreign; it carries nothing.
    Set<String> natives() {
        return natives;
    }

    /// Threats of the other tool by the key of their element and their own, in the file's order.
    Map<String, Map<String, KnownThreat>> threats() {
        return threats;
    }

    /// Adds a threat that the other tool holds about an element that is there.
    void know(String part, KnownThreat threat) {
        threats.computeIfAbsent(part, _ -> new LinkedHashMap<>()).putIfAbsent(threat.key(), threat);
    }

    void lose(String what) {
        if (!losses.contains(what)) {
            losses.add(what);
        }
    }

    /// Adds a zone; the first of a key wins.
    void zone(
            Plain at,
            String key,
            String zoneName,
            String trust,
            String within,
            Optional<Box> box,
            Map<String, Object> more) {
        if (zones.containsKey(key)) {
            throw at.refuse("has an id that was given before: \"" + key + "\"");
        }
        zones.put(key, new Zone(slug(zoneName, "zone"), key, zoneName, trust, within, box, more));
    }

    /// Adds an element.
    void part(
            Plain at,
            String key,
            String partName,
            String type,
            String zone,
            String description,
            Optional<Box> box,
            Map<String, Object> more) {
        if (parts.containsKey(key)) {
            throw at.refuse("has an id that was given before: \"" + key + "\"");
        }
        String kind = Kinds.guess(type, partName);
        Map<String, Object> attributes = new LinkedHashMap<>();
        parts.put(
                key,
                new Part(
                        slug(partName, "element"),
                        key,
                        partName,
                        kind,
                        zone,
                        description,
                        box,
                        attributes,
                        more,
                        Map.of()));
        lose("Type \"" + type + "\" became kind \"" + kind + "\".");
    }

    /// Gives an element back what an export of ours wrote beside it.
    void restore(String key, Plain ours) {
        Part part = parts.get(key);
        String id = ours.text("id").orElse("");
        String kind = ours.text("kind").orElse("");
        boolean isOurs = ID.matcher(id).matches() && ElementKind.named(kind).isPresent();
        boolean isTaken =
                parts.values().stream().anyMatch(p -> !p.key().equals(key) && p.id().equals(id));
        if (part == null || !isOurs || isTaken) {
            return;
        }
        Map<String, Object> values = new LinkedHashMap<>(ours.at("values").besides());
        if (ours.isTrue("native")) {
            natives.add(key);
        }
        Part restored =
                new Part(
                        id,
                        key,
                        part.name(),
                        kind,
                        part.zone(),
                        part.description(),
                        ours.has("drawn") ? Optional.empty() : part.box(),
                        values,
                        part.carried(),
                        ours.at("carried").besides());
        parts.put(key, restored);
        losses.removeIf(loss -> loss.endsWith("became kind \"" + kind + "\"."));
    }

    /// Gives a zone back what an export of ours wrote beside it.
    void restoreZone(String key, Plain ours) {
        Zone zone = zones.get(key);
        String id = ours.text("id").orElse("");
        boolean isTaken =
                zones.values().stream().anyMatch(z -> !z.key().equals(key) && z.id().equals(id));
        if (zone == null || !ID.matcher(id).matches() || isTaken) {
            return;
        }
        if (ours.isTrue("native")) {
            natives.add(key);
        }
        zones.put(
                key,
                new Zone(
                        id,
                        key,
                        ours.text("name").orElse(""),
                        zone.trust(),
                        zone.within(),
                        ours.has("drawn") ? Optional.empty() : zone.box(),
                        zone.carried()));
    }

    /// Puts an element into the zone that an export of ours named.
    void restorePlace(String key, Plain ours) {
        Part part = parts.get(key);
        String id = ours.text("zone").orElse("");
        if (part != null) {
            parts.put(
                    key,
                    part.in(
                            zones.values().stream()
                                    .filter(zone -> zone.id().equals(id))
                                    .map(Zone::key)
                                    .findFirst()
                                    .orElse("")));
        }
    }

    /// Adds a flow between elements that are there.
    void way(
            Plain at,
            String from,
            String to,
            String wayName,
            List<String> carries,
            Map<String, Object> more) {
        for (String end : List.of(from, to)) {
            if (!parts.containsKey(end)) {
                throw at.refuse("names an element that is not there: \"" + end + "\"");
            }
        }
        ways.add(new Way(from, to, wayName, carries, more));
    }

    /// A free id of the system file made from a name.
    private String slug(String text, String fallback) {
        String slug =
                text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-+|-+$", "");
        if (slug.isEmpty()) {
            slug = fallback;
        }
        if (slug.length() > MAX_ID - 6) {
            slug = slug.substring(0, MAX_ID - 6).replaceAll("-+$", "");
        }
        int count = taken.merge(slug, 1, Integer::sum);
        if (count == 1) {
            return slug;
        }
        String numbered = slug + "-" + count;
        taken.merge(numbered, 1, Integer::sum);
        return numbered;
    }

    /// Puts every element without a zone into the smallest zone drawn around it.
    void zonesFromLayout() {
        parts.replaceAll((_, part) -> {
            if (!part.zone().isEmpty() || part.box().isEmpty()) {
                return part;
            }
            String zone = "";
            double smallest = Double.MAX_VALUE;
            for (Zone each : zones.values()) {
                boolean isAround =
                        each.box().isPresent() && each.box().get().holds(part.box().get());
                if (isAround && each.box().get().area() < smallest) {
                    smallest = each.box().get().area();
                    zone = each.key();
                }
            }
            return part.in(zone);
        });
    }
}
