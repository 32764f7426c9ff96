package dev.bartizan.threats.exchange;

import dev.bartizan.threats.exchange.Draft.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/// Models of the Microsoft Threat Modeling Tool (TM7).
final class Tm7Import {
    private Tm7Import() {}

    static Draft read(String file, Element root) {
        Plain at = new Plain(file, "", null);
        List<Element> surfaces = new ArrayList<>();
        for (Element list : Xml.children(root, "DrawingSurfaceList")) {
            surfaces.addAll(Xml.children(list, "DrawingSurfaceModel"));
        }
        if (!Xml.name(root).equals("ThreatModel") || surfaces.isEmpty()) {
            throw at.refuse("is no TM7 model: DrawingSurfaceList is missing");
        }
        String name =
                Xml.child(root, "MetaInformation")
                        .map(meta -> Xml.text(meta, "ThreatModelName"))
                        .filter(text -> !text.isEmpty())
                        .orElse("Imported model");
        Draft draft = new Draft("tm7", name);
        surfaces.forEach(
                surface -> values(surface, "Borders").forEach(v -> addShape(v, at, draft)));
        surfaces.forEach(surface -> values(surface, "Lines").forEach(v -> addLine(v, at, draft)));
        draft.zonesFromLayout();
        Xml.child(root, "ThreatInstances").ifPresent(list -> addThreats(list, draft));
        draft.lose("Stencil properties and notes were left out.");
        return draft;
    }

    private static List<Element> values(Element surface, String list) {
        List<Element> values = new ArrayList<>();
        for (Element holder : Xml.children(surface, list)) {
            for (Element pair : Xml.children(holder, "KeyValueOfguidanyType")) {
                values.addAll(Xml.children(pair, "Value"));
            }
        }
        return values;
    }

    private static void addShape(Element value, Plain at, Draft draft) {
        String type = Xml.attribute(value, "type");
        String guid = Xml.text(value, "Guid");
        String name = property(value, "Name").orElse(type);
        Optional<Box> box = box(value);
        if (type.equals("BorderBoundary")) {
            draft.zone(at, guid, name, DragonImport.trust(name), "", box, Map.of("guid", guid));
            return;
        }
        draft.part(
                at,
                guid,
                name,
                typeName(type) + " " + header(value),
                "",
                "",
                box,
                Map.of("guid", guid, "type", Xml.text(value, "TypeId")));
    }

    private static String typeName(String type) {
        return switch (type) {
            case "StencilRectangle" -> "external entity";
            case "StencilParallelLines" -> "store";
            default -> "process";
        };
    }

    private static void addLine(Element value, Plain at, Draft draft) {
        String name = property(value, "Name").orElse("");
        if (!Xml.attribute(value, "type").equals("Connector")) {
            draft.lose("Boundary line \"" + name + "\" has no inside and made no zone.");
            return;
        }
        String from = Xml.text(value, "SourceGuid");
        String to = Xml.text(value, "TargetGuid");
        if (!draft.parts().containsKey(from) || !draft.parts().containsKey(to)) {
            draft.lose("Flow \"" + name + "\" is tied to nothing at one end and was left out.");
            return;
        }
        draft.way(at, from, to, name, List.of(), Map.of("guid", Xml.text(value, "Guid")));
    }

    private static void addThreats(Element list, Draft draft) {
        for (Element pair : Xml.children(list, "KeyValueOfstringThreatpc_P0_PhOB")) {
            Xml.child(pair, "Value").ifPresent(value -> addThreat(value, draft));
        }
    }

    private static void addThreat(Element value, Draft draft) {
        String target = Xml.text(value, "TargetGuid");
        String part = draft.parts().containsKey(target) ? target : Xml.text(value, "SourceGuid");
        String title = said(value, "Title");
        if (!draft.parts().containsKey(part)) {
            draft.lose("Threat \"" + title + "\" is about no element and was left out.");
            return;
        }
        draft.know(
                part,
                new KnownThreat(
                        Xml.text(value, "Id"),
                        title,
                        Xml.text(value, "Priority"),
                        said(value, "UserThreatDescription"),
                        "",
                        KnownThreat.answer(
                                Xml.text(value, "State"),
                                Xml.text(value, "StateInformation"),
                                Xml.text(value, "ChangedBy"))));
    }

    /// A property of a threat, by its key.
    private static String said(Element value, String key) {
        for (Element properties : Xml.children(value, "Properties")) {
            for (Element pair : Xml.children(properties, "KeyValueOfstringstring")) {
                if (Xml.text(pair, "Key").equals(key)) {
                    return Xml.text(pair, "Value");
                }
            }
        }
        return Xml.text(value, key);
    }

    private static Optional<String> property(Element value, String display) {
        for (Element properties : Xml.children(value, "Properties")) {
            for (Element property : Xml.children(properties, "anyType")) {
                if (Xml.text(property, "DisplayName").equals(display)) {
                    return Optional.of(Xml.text(property, "Value")).filter(text -> !text.isEmpty());
                }
            }
        }
        return Optional.empty();
    }

    private static String header(Element value) {
        return Xml.child(value, "Properties")
                .flatMap(properties -> Xml.child(properties, "anyType"))
                .map(first -> Xml.text(first, "DisplayName"))
                .orElse("");
    }

    private static Optional<Box> box(Element value) {
        List<Double> numbers = new ArrayList<>();
        for (String name : List.of("Left", "Top", "Width", "Height")) {
            String text = Xml.text(value, name);
            if (text.matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?")) {
                numbers.add(Double.valueOf(text));
            }
        }
        return numbers.size() == 4
                ? Optional.of(
                        new Box(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3)))
                : Optional.empty();
    }
}
