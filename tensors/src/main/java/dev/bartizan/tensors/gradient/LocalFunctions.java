package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxFunction;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts the steps of operators that a model defines itself (`FunctionProto`) where they are called.
final class LocalFunctions {
    private static final int MAX_NODES = 1 << 16;
    private static final int MAX_DEPTH = 32;

    private final Map<String, OnnxFunction> functions = new HashMap<>();
    private final List<OnnxNode> nodes = new ArrayList<>();
    private int calls;

    private LocalFunctions(OnnxModel model) {
        for (OnnxFunction function : model.functions()) {
            functions.put(key(function.domain(), function.name()), function);
        }
    }

    private static String key(String domain, String name) {
        return domain + ":" + name;
    }

    /// The graph of a model without calls of such operators.
    ///
    /// @throws GradientException when they call one another without end or become too many steps
    static OnnxGraph inlined(OnnxModel model) throws GradientException {
        OnnxGraph graph = model.graph();
        if (model.functions().isEmpty()) {
            return graph;
        }
        LocalFunctions local = new LocalFunctions(model);
        for (OnnxNode node : graph.nodes()) {
            local.put(node, 0);
        }
        return new OnnxGraph(
                graph.name(),
                local.nodes,
                graph.initializers(),
                graph.sparseInitializers(),
                graph.inputs(),
                graph.outputs(),
                List.of(),
                "");
    }

    private void put(OnnxNode node, int depth) throws GradientException {
        OnnxFunction function = functions.get(key(node.domain(), node.opType()));
        if (function == null) {
            nodes.add(node);
            if (nodes.size() > MAX_NODES) {
                throw new GradientException("The model's own operators are over " + MAX_NODES);
            }
            return;
        }
        if (depth > MAX_DEPTH) {
            throw new GradientException("The model's own operators call one another without end");
        }
        Map<String, String> names = new HashMap<>();
        names.put("", "");
        bind(names, function.inputs(), node.inputs());
        bind(names, function.outputs(), node.outputs());
        String prefix = "bz.call" + calls++ + ".";
        for (OnnxNode step : function.nodes()) {
            put(called(step, names, prefix, attributes(function, node)), depth + 1);
        }
    }

    private static void bind(Map<String, String> names, List<String> inside, List<String> given) {
        for (int i = 0; i < inside.size(); i++) {
            names.put(inside.get(i), i < given.size() ? given.get(i) : "");
        }
    }

    private static Map<String, OnnxAttributeValue> attributes(
            OnnxFunction function, OnnxNode call) {
        Map<String, OnnxAttributeValue> values = new HashMap<>();
        function.defaults().forEach(one -> values.put(one.name(), one.value()));
        call.attributes().forEach(one -> values.put(one.name(), one.value()));
        return values;
    }

    private static OnnxNode called(
            OnnxNode step,
            Map<String, String> names,
            String prefix,
            Map<String, OnnxAttributeValue> values) {
        List<OnnxAttribute> attributes = new ArrayList<>();
        for (OnnxAttribute attribute : step.attributes()) {
            Optional<OnnxAttributeValue> value =
                    attribute.value() instanceof OnnxAttributeValue.Reference(String name, _)
                            ? Optional.ofNullable(values.get(name))
                            : Optional.of(attribute.value());
            value.ifPresent(one -> attributes.add(new OnnxAttribute(attribute.name(), one)));
        }
        return new OnnxNode(
                step.name(),
                step.domain(),
                step.opType(),
                step.overload(),
                step.inputs().stream().map(name -> renamed(names, prefix, name)).toList(),
                step.outputs().stream().map(name -> renamed(names, prefix, name)).toList(),
                attributes,
                step.docString());
    }

    private static String renamed(Map<String, String> names, String prefix, String name) {
        return names.computeIfAbsent(name, one -> prefix + one);
    }
}
