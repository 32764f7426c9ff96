package dev.bartizan.targets;

import dev.bartizan.targets.Exchange.Answered;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An endpoint of the Open Inference Protocol, version 2 (REST).
///
/// @param modelUri of the model: `…/v2/models/<name>`, perhaps with `/versions/<v>`
/// @param inputs what the model says it takes; empty while unknown
public record InferenceEndpoint(URI modelUri, List<Input> inputs) implements Endpoint {
    private static final int MAX_INPUTS = 32;
    private static final int MAX_VALUES = 1 << 20;
    private static final Input UNKNOWN = new Input("input", "FP32", List.of(1, 1));

    public InferenceEndpoint {
        inputs = List.copyOf(inputs);
    }

    /// An input of a model; sizes that may vary are 1.
    public record Input(String name, String datatype, List<Integer> shape) {
        public Input {
            shape = List.copyOf(shape);
        }

        private long values() {
            return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        }
    }

    /// From the address that a user named: that of a model or of its `infer`, or of the server.
    public static InferenceEndpoint of(URI named, String model) {
        String text = named.toString().replaceAll("/+$", "").replaceAll("/infer$", "");
        if (text.contains("/v2/models/")) {
            return new InferenceEndpoint(URI.create(text), List.of());
        }
        String base = text.endsWith("/v2") ? text : text + "/v2";
        return new InferenceEndpoint(URI.create(base + "/models/" + model), List.of());
    }

    @Override
    public URI uri() {
        return URI.create(modelUri + "/infer");
    }

    @Override
    public String protocol() {
        return "oip-v2";
    }

    @Override
    public Optional<Call> describe() {
        return Optional.of(Call.get(modelUri));
    }

    @Override
    public Endpoint described(Answered answer) {
        if (!answer.isWholeSuccess()) {
            return this;
        }
        JsonNode list =
                BoundedJson.read(answer.body())
                        .map(root -> root.path("inputs"))
                        .orElse(BoundedJson.MAPPER.missingNode());
        List<Input> found = new ArrayList<>();
        for (JsonNode item : list) {
            input(item).ifPresent(found::add);
            if (found.size() == MAX_INPUTS) {
                break;
            }
        }
        return new InferenceEndpoint(modelUri, found);
    }

    private static Optional<Input> input(JsonNode item) {
        List<Integer> shape = new ArrayList<>();
        long values = 1;
        for (JsonNode size : item.path("shape")) {
            int dimension = size.isIntegralNumber() && size.canConvertToInt() ? size.intValue() : 1;
            shape.add(Math.max(1, dimension));
            values *= Math.max(1, dimension);
            if (values > MAX_VALUES || shape.size() > 16) {
                return Optional.empty();
            }
        }
        String name = BoundedJson.text(item, "name");
        String datatype = BoundedJson.text(item, "datatype");
        return name.isEmpty() ? Optional.empty() : Optional.of(new Input(name, datatype, shape));
    }

    @Override
    public Call ask(Question question) {
        return infer(inputs.isEmpty() ? List.of(UNKNOWN) : inputs, uri());
    }

    private static Call infer(List<Input> inputs, URI uri) {
        ObjectNode root = BoundedJson.MAPPER.createObjectNode();
        ArrayNode list = root.putArray("inputs");
        for (Input input : inputs) {
            ObjectNode node = list.addObject();
            node.put("name", input.name());
            ArrayNode shape = node.putArray("shape");
            input.shape().forEach(shape::add);
            node.put("datatype", input.datatype());
            fill(node.putArray("data"), input);
        }
        return Call.post(uri, BoundedJson.write(root));
    }

    private static void fill(ArrayNode data, Input input) {
        for (long i = 0; i < input.values(); i++) {
            switch (input.datatype()) {
                case "BYTES" -> data.add("0");
                case "BOOL" -> data.add(false);
                case "FP16", "FP32", "FP64", "BF16" -> data.add(0.0);
                default -> data.add(0);
            }
        }
    }

    @Override
    public Call oversized(int bytes) {
        Input first = inputs.isEmpty() ? UNKNOWN : inputs.getFirst();
        int bytesEach = 4;
        long each =
                Math.max(
                        1,
                        first.values()
                                / Math.max(
                                        1, first.shape().isEmpty() ? 1 : first.shape().getFirst()));
        int rows = (int) Math.clamp(bytes / bytesEach / each, 1, MAX_VALUES * 4L);
        List<Integer> shape = new ArrayList<>(first.shape());
        if (shape.isEmpty()) {
            shape.add(rows);
        } else {
            shape.set(0, rows);
        }
        return infer(List.of(new Input(first.name(), first.datatype(), shape)), uri());
    }

    @Override
    public Optional<Call> unknownModel(String name) {
        String text = modelUri.toString();
        String base = text.substring(0, text.indexOf("/v2/models/") + "/v2/models/".length());
        URI elsewhere = URI.create(base + name + "/infer");
        return Optional.of(infer(inputs.isEmpty() ? List.of(UNKNOWN) : inputs, elsewhere));
    }

    @Override
    public Optional<Reply> reply(Answered answer) {
        if (!answer.isWholeSuccess()) {
            return Optional.empty();
        }
        return BoundedJson.read(answer.body())
                .filter(root -> root.path("outputs").isArray())
                .map(root -> new Reply(root.path("outputs").toString(), List.of()));
    }

    @Override
    public boolean takesWords() {
        return false;
    }
}
