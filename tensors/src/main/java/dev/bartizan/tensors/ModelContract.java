package dev.bartizan.tensors;

import dev.bartizan.core.Attributes;
import dev.bartizan.tensors.inference.ModelPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the system file promises of a model.
///
/// @param inputs sizes by name; -1 is any size
/// @param outputs sizes by name; -1 is any size
/// @param accuracy share of right answers, 0..1
record ModelContract(
        Map<String, List<Long>> inputs,
        Map<String, List<Long>> outputs,
        Optional<Double> accuracy) {
    static final long ANY = -1;

    static ModelContract of(Attributes attributes) {
        Attributes contract = attributes.map("contract");
        return new ModelContract(
                ports(contract.map("inputs")),
                ports(contract.map("outputs")),
                contract.number("accuracy").map(Number::doubleValue));
    }

    private static Map<String, List<Long>> ports(Attributes declared) {
        Map<String, List<Long>> ports = new LinkedHashMap<>();
        for (String name : declared.values().keySet()) {
            ports.put(
                    name,
                    declared.texts(name).stream()
                            .map(size -> size.matches("[0-9]{1,18}") ? Long.parseLong(size) : ANY)
                            .toList());
        }
        return ports;
    }

    /// Where a model's ports differ from the declared ones, in words; empty when they do not.
    static List<String> differences(
            String what, Map<String, List<Long>> declared, List<ModelPort> actual) {
        List<String> differences = new ArrayList<>();
        Map<String, ModelPort> byName = new LinkedHashMap<>();
        actual.forEach(port -> byName.put(port.name(), port));
        for (Map.Entry<String, List<Long>> entry : declared.entrySet()) {
            ModelPort port = byName.remove(entry.getKey());
            if (port == null) {
                differences.add(what + " \"" + entry.getKey() + "\" is declared and not there");
            } else if (!fits(entry.getValue(), port.dims())) {
                differences.add(what + " is " + port + ", declared " + text(entry.getValue()));
            }
        }
        byName.values()
                .forEach(port -> differences.add(what + " " + port + " is there and not declared"));
        return differences;
    }

    /// Whether sizes agree where both are fixed.
    static boolean fits(List<Long> declared, List<Long> actual) {
        if (declared.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < declared.size(); i++) {
            long wanted = declared.get(i);
            long found = actual.get(i);
            if (wanted != ANY && found != ANY && wanted != found) {
                return false;
            }
        }
        return true;
    }

    private static String text(List<Long> sizes) {
        return sizes.stream()
                .map(size -> size == ANY ? "any" : size.toString())
                .toList()
                .toString();
    }
}
