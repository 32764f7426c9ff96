package dev.bartizan.threats.exchange;

import dev.bartizan.threats.DeclaredThreats;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A draft as the document of a system file.
final class DraftDocument {
    private final Draft draft;
    private final LocalDate decisionsUntil;
    private Carrying carrying = Carrying.ALL;

    DraftDocument(Draft draft, LocalDate decisionsUntil) {
        this.draft = draft;
        this.decisionsUntil = decisionsUntil;
    }

    /// What is carried along of what the system file has no word for.
    enum Carrying {
        ALL,
        NOTHING
    }

    Map<String, Object> of(Carrying how) {
        carrying = how;
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("bartizan", 1L);
        document.put("system", draft.name());
        if (!draft.zones().isEmpty()) {
            document.put("zones", zones());
        }
        document.put("elements", elements());
        List<Object> flows = new ArrayList<>();
        List<Object> carriedFlows = new ArrayList<>();
        for (Draft.Way way : draft.ways()) {
            String arrow = id(way.from()) + " -> " + id(way.to());
            flows.add(way.carries().isEmpty() ? arrow : Map.of(arrow, way.carries()));
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("flow", arrow);
            more.put("name", way.name());
            more.putAll(way.carried());
            carriedFlows.add(more);
        }
        if (!flows.isEmpty()) {
            document.put("flows", flows);
        }
        List<Object> decisions = decisions();
        if (!decisions.isEmpty()) {
            document.put("decisions", decisions);
        }
        draft.root().ifPresent(ours -> RootEnvelope.restore(ours, document));
        if (how == Carrying.ALL && !draft.natives().contains(Draft.ROOT)) {
            Map<String, Object> carried = new LinkedHashMap<>(draft.carried());
            carried.put("flows", carriedFlows);
            document.put("carried", Map.of(draft.format(), PlainCopy.of(carried, draft)));
        }
        return document;
    }

    private String id(String key) {
        Draft.Part part = draft.parts().get(key);
        if (part == null) {
            throw new IllegalStateException("A flow ends nowhere: " + key);
        }
        return part.id();
    }

    private Map<String, Object> zones() {
        Map<String, Object> zones = new LinkedHashMap<>();
        for (Draft.Zone zone : draft.zones().values()) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("trust", zone.trust());
            if (!zone.name().isEmpty()) {
                body.put("name", zone.name());
            }
            Draft.Zone outer = draft.zones().get(zone.within());
            if (outer != null) {
                body.put("within", outer.id());
            }
            zone.box().ifPresent(box -> body.put("layout", layout(box)));
            carry(zone.key(), zone.carried(), Map.of(), body);
            zones.put(zone.id(), body);
        }
        return zones;
    }

    private Map<String, Object> elements() {
        Map<String, Object> elements = new LinkedHashMap<>();
        for (Draft.Part part : draft.parts().values()) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("kind", part.kind());
            body.put("name", part.name());
            Draft.Zone zone = draft.zones().get(part.zone());
            if (zone != null) {
                body.put("zone", zone.id());
            }
            if (!part.description().isEmpty()) {
                body.put("description", part.description());
            }
            body.putAll(part.attributes());
            addThreats(part, body);
            part.box().ifPresent(box -> body.put("layout", layout(box)));
            carry(part.key(), part.carried(), part.carriedOfOthers(), body);
            elements.put(part.id(), body);
        }
        return elements;
    }

    private void addThreats(Draft.Part part, Map<String, Object> body) {
        List<Object> entries = new ArrayList<>();
        draft.threats()
                .getOrDefault(part.key(), Map.of())
                .values()
                .forEach(threat -> entries.add(threat.entry()));
        if (part.attributes().get("threats") instanceof List<?> ours) {
            entries.addAll(ours);
        }
        if (!entries.isEmpty()) {
            body.put("threats", entries);
        }
    }

    private List<Object> decisions() {
        List<Object> decisions = new ArrayList<>();
        draft.threats()
                .forEach((part, threats) ->
                        threats.values()
                                .forEach(threat ->
                                        threat.answer()
                                                .ifPresent(answer ->
                                                        decisions.add(
                                                                decision(part, threat, answer)))));
        return decisions;
    }

    private Map<String, Object> decision(
            String part, KnownThreat threat, KnownThreat.Answer answer) {
        Map<String, Object> decision = new LinkedHashMap<>();
        decision.put("threat", DeclaredThreats.id(id(part), threat.key()));
        decision.put("do", answer.action());
        decision.put("owner", answer.owner().isBlank() ? draft.format() : answer.owner());
        decision.put("reason", answer.reason());
        decision.put("until", decisionsUntil.toString());
        return decision;
    }

    private void carry(
            String key,
            Map<String, Object> more,
            Map<String, Object> ofOthers,
            Map<String, Object> body) {
        if (carrying == Carrying.NOTHING) {
            return;
        }
        if (draft.natives().contains(key)) {
            if (!ofOthers.isEmpty()) {
                body.put("carried", PlainCopy.of(ofOthers, draft));
            }
            return;
        }
        Map<String, Object> carried = new LinkedHashMap<>();
        carried.put("source-id", key);
        carried.putAll(more);
        Map<String, Object> all = new LinkedHashMap<>(PlainCopy.of(ofOthers, draft));
        all.put(draft.format(), PlainCopy.of(carried, draft));
        body.put("carried", all);
    }

    private static Map<String, Object> layout(Draft.Box box) {
        Map<String, Object> layout = new LinkedHashMap<>();
        layout.put("x", box.x());
        layout.put("y", box.y());
        layout.put("width", box.width());
        layout.put("height", box.height());
        return layout;
    }
}
