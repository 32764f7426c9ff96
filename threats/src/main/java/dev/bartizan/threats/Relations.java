package dev.bartizan.threats;

import dev.bartizan.core.Element;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The relations that elements of a system file can declare, and which way data goes along them.
final class Relations {
    /// Which way data goes along a relation, seen from the element that declares it.
    enum DataWay {
        IN,
        OUT,
        BOTH,
        NONE
    }

    private static final Map<String, DataWay> ALL = new LinkedHashMap<>();

    static {
        ALL.put("serves", DataWay.BOTH);
        ALL.put("trained-on", DataWay.IN);
        ALL.put("based-on", DataWay.IN);
        ALL.put("reads", DataWay.IN);
        ALL.put("writes", DataWay.OUT);
        ALL.put("uses", DataWay.IN);
        ALL.put("tools", DataWay.BOTH);
        ALL.put("delegates-to", DataWay.BOTH);
        ALL.put("guarded-by", DataWay.NONE);
        ALL.put("logs-to", DataWay.OUT);
        ALL.put("runs-on", DataWay.NONE);
        ALL.put("trains", DataWay.OUT);
    }

    private Relations() {}

    /// Names of all relations.
    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /// Which way data goes along it.
    static DataWay dataWay(String relation) {
        return ALL.getOrDefault(relation, DataWay.NONE);
    }

    /// Ids that an element names under a relation.
    static List<String> of(Element element, String relation) {
        return element.attributes().texts(relation);
    }
}
