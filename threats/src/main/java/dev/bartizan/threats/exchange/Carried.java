package dev.bartizan.threats.exchange;

import dev.bartizan.core.Attributes;
import dev.bartizan.core.Element;
import dev.bartizan.core.Zone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What elements, zones and systems carry of other tools' models, and the envelope in which an
/// export writes what the other format has no word for.
final class Carried {
    private static final String KEY = "carried";
    private static final String SOURCE_ID = "source-id";

    private Carried() {}

    /// What is carried of one format, free to be changed; empty when nothing is.
    static Map<String, Object> of(Attributes attributes, String format) {
        return mutable(attributes.map(KEY).map(format).values());
    }

    /// What a system carries of one format.
    static Map<String, Object> ofRoot(Attributes carried, String format) {
        return mutable(carried.map(format).values());
    }

    /// The id in the other tool, taken out of what is carried.
    static String sourceId(Map<String, Object> carried, String fallback) {
        Object id = carried.remove(SOURCE_ID);
        return id == null ? fallback : id.toString();
    }

    /// A map under a key, made when it is not there.
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Map<String, Object> in, String key) {
        Object value = in.get(key);
        if (value instanceof Map<?, ?>) {
            return (Map<String, Object>) value;
        }
        Map<String, Object> made = new LinkedHashMap<>();
        in.put(key, made);
        return made;
    }

    /// The maps of a list under a key; a list of its own.
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(Map<String, Object> in, String key) {
        List<Map<String, Object>> maps = new ArrayList<>();
        if (in.get(key) instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?>) {
                    maps.add((Map<String, Object>) item);
                }
            }
        }
        return maps;
    }

    /// An element's id, kind, zone and values, as an import takes them back.
    ///
    /// @param format of the export
    /// @param foreign keys of the threats that the other tool's own words hold already
    static Map<String, Object> envelope(Element element, String format, Set<String> foreign) {
        Map<String, Object> values = new LinkedHashMap<>(element.attributes().values());
        List.of("layout", "description", KEY, "threats").forEach(values::remove);
        List<Object> declared = new ArrayList<>();
        if (element.attributes().values().get("threats") instanceof List<?> list) {
            list.stream()
                    .filter(item ->
                            !(item instanceof Map<?, ?> map)
                                    || !foreign.contains(String.valueOf(map.get("id"))))
                    .forEach(declared::add);
        }
        if (!declared.isEmpty()) {
            values.put("threats", declared);
        }
        Map<String, Object> others = new LinkedHashMap<>(element.attributes().map(KEY).values());
        boolean isNative = others.remove(format) == null;
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("id", element.id());
        envelope.put("kind", element.kind().word());
        envelope.put("zone", element.zone());
        envelope.put("values", values);
        if (!others.isEmpty()) {
            envelope.put(KEY, others);
        }
        if (isNative) {
            envelope.put("native", true);
        }
        return envelope;
    }

    /// A zone's id, name and trust, as an import takes them back.
    static Map<String, Object> envelope(Zone zone, String format) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("id", zone.id());
        zone.attributes().text("name").ifPresent(name -> envelope.put("name", name));
        envelope.put("trust", zone.trust().word());
        zone.attributes().text("within").ifPresent(outer -> envelope.put("within", outer));
        if (!zone.attributes().map(KEY).has(format)) {
            envelope.put("native", true);
        }
        return envelope;
    }

    /// Keys of the threats that an element declares.
    static Set<String> declaredKeys(Element element) {
        Set<String> keys = new TreeSet<>();
        if (element.attributes().values().get("threats") instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map) {
                    keys.add(String.valueOf(map.get("id")));
                }
            }
        }
        return keys;
    }

    private static Map<String, Object> mutable(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), mutableValue(value)));
        return copy;
    }

    private static Object mutableValue(Object value) {
        return switch (value) {
            case Map<?, ?> map -> mutable(map);
            case List<?> list -> {
                List<Object> copy = new ArrayList<>();
                list.forEach(item -> copy.add(mutableValue(item)));
                yield copy;
            }
            default -> value;
        };
    }
}
