package dev.bartizan.tensors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Check;
import dev.bartizan.core.FactSource;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.SchemaSource;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpyReader;
import dev.bartizan.formats.npy.NpyWriter;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxTensorData;
import dev.bartizan.formats.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelContractCheckTest {
    private static final Map<String, Object> PORTS =
            Map.of("inputs", Map.of("x", List.of("n", 2)), "outputs", Map.of("p", List.of("n", 2)));
    private static final Map<String, Object> SAMPLES = Map.of("inputs", "x.npy", "labels", "y.npy");

    @TempDir Path folder = Path.of("");
    private final ModelContractCheck check = new ModelContractCheck();
    private TestSystem test = new TestSystem(folder);

    @BeforeEach
    void writeModelAndSamples() throws IOException {
        test = new TestSystem(folder);
        write(TestModels.sumOfTwo(true));
        samples(50, 50);
    }

    private void write(OnnxModel model) throws IOException {
        OnnxWriter.write(model, folder.resolve("model.onnx"));
    }

    /// Rows of which the first `right` have the label that the model gives.
    private void samples(int rows, int right) throws IOException {
        float[] inputs = new float[2 * rows];
        long[] labels = new long[rows];
        for (int i = 0; i < rows; i++) {
            inputs[2 * i] = i % 2 == 0 ? 5 : -5;
            labels[i] = (i % 2 == 0) == (i < right) ? 0 : 1;
        }
        NpyWriter.write(NpyArray.of(List.of(rows, 2), inputs), folder.resolve("x.npy"));
        NpyWriter.write(NpyArray.of(List.of(rows), labels), folder.resolve("y.npy"));
    }

    private static Map<String, Object> contract(double accuracy) {
        return Map.of(
                "inputs",
                Map.of("x", List.of("n", 2)),
                "outputs",
                Map.of("p", List.of("n", 2)),
                "accuracy",
                accuracy);
    }

    private Observation observe(String claim) throws IOException, InterruptedException {
        List<Observation> all = check.run(test.system(), test.element(), TestSystem.CONTEXT);
        assertThat(all.stream().map(Observation::claim))
                .containsExactlyElementsOf(check.card().claims());
        return all.stream()
                .filter(one -> one.claim().name().equals(claim))
                .findFirst()
                .orElseThrow();
    }

    private TargetDigest target() throws IOException {
        return check.target(test.system(), test.element()).orElseThrow();
    }

    @Test
    void modelAsDeclaredIsCleared() throws IOException, InterruptedException {
        test.with("contract", PORTS);
        Observation seen = observe("model-keeps-its-contract");
        assertThat(seen.outcome()).isInstanceOf(Outcome.Cleared.class);
        assertThat(seen.summary()).contains("x float[?,2]").contains("p float[?,2]");
    }

    @Test
    void modelWithAnotherWidthThanDeclaredIsConfirmed() throws IOException, InterruptedException {
        test.with("contract", Map.of("inputs", Map.of("x", List.of("n", 3))));
        Observation seen = observe("model-keeps-its-contract");
        assertThat(seen.outcome()).isInstanceOf(Outcome.Confirmed.class);
        assertThat(seen.summary()).contains("x float[?,2]").contains("3");
    }

    @Test
    void declaredOutputThatIsNotThereIsConfirmed() throws IOException, InterruptedException {
        test.with("contract", Map.of("outputs", Map.of("score", List.of("n", 2))));
        assertThat(observe("model-keeps-its-contract").summary())
                .contains("\"score\" is declared and not there")
                .contains("p float[?,2] is there and not declared");
    }

    @Test
    void withoutContractNothingIsSaidOfIt() throws IOException, InterruptedException {
        assertThat(observe("model-keeps-its-contract").outcome())
                .isInstanceOf(Outcome.CouldNotTell.class);
    }

    @Test
    void truncatedModelDoesNotLoad() throws IOException, InterruptedException {
        byte[] whole = Files.readAllBytes(folder.resolve("model.onnx"));
        Files.write(folder.resolve("model.onnx"), Arrays.copyOf(whole, whole.length - 20));
        Observation seen = observe("model-keeps-its-contract");
        assertThat(seen.outcome()).isInstanceOf(Outcome.Confirmed.class);
        assertThat(seen.findings().getFirst().rule()).isEqualTo("model-does-not-load");
        assertThat(observe("clean-accuracy-holds").outcome())
                .isInstanceOf(Outcome.CouldNotTell.class);
    }

    @Test
    void missingFileIsNoEvidenceEitherWay() throws IOException, InterruptedException {
        Files.delete(folder.resolve("model.onnx"));
        assertThat(check.target(test.system(), test.element())).isEmpty();
        assertThat(observe("model-keeps-its-contract").outcome())
                .isInstanceOf(Outcome.CouldNotTell.class);
    }

    @Test
    void accuracyAboveTheDeclaredWithstands() throws IOException, InterruptedException {
        test.with("samples", SAMPLES).with("contract", contract(0.9));
        samples(50, 48);
        Outcome outcome = observe("clean-accuracy-holds").outcome();
        assertThat(outcome).isInstanceOf(Outcome.Withstood.class);
        Outcome.Withstood withstood = (Outcome.Withstood) outcome;
        assertThat(withstood.trials()).isEqualTo(50);
        assertThat(withstood.successes()).isEqualTo(2);
    }

    @Test
    void accuracyClearlyBelowTheDeclaredIsConfirmed() throws IOException, InterruptedException {
        test.with("samples", SAMPLES).with("contract", contract(0.9));
        samples(50, 30);
        Outcome outcome = observe("clean-accuracy-holds").outcome();
        assertThat(outcome).isInstanceOf(Outcome.Confirmed.class);
        assertThat(((Outcome.Confirmed) outcome).successes()).isEqualTo(20);
    }

    @Test
    void accuracyBelowTheDeclaredByChanceCannotBeTold() throws IOException, InterruptedException {
        test.with("samples", SAMPLES).with("contract", contract(0.9));
        samples(50, 44);
        Outcome outcome = observe("clean-accuracy-holds").outcome();
        assertThat(outcome).isInstanceOf(Outcome.CouldNotTell.class);
        assertThat(((Outcome.CouldNotTell) outcome).reason()).contains("too few samples");
    }

    @Test
    void labelsThatAreNoClassAreSaid() throws IOException, InterruptedException {
        test.with("samples", SAMPLES).with("contract", contract(0.9));
        long[] labels = new long[50];
        labels[7] = 2;
        NpyWriter.write(NpyArray.of(List.of(50), labels), folder.resolve("y.npy"));
        assertThat(observe("clean-accuracy-holds").summary()).contains("sample 7");
    }

    @Test
    void samplesOfAnotherWidthAreSaid() throws IOException, InterruptedException {
        test.with("samples", SAMPLES);
        NpyWriter.write(NpyArray.of(List.of(50, 3), new float[150]), folder.resolve("x.npy"));
        assertThat(observe("clean-accuracy-holds").summary()).contains("do not fit the input");
    }

    @Test
    void objectArrayIsRefusedWithTheReason() throws IOException, InterruptedException {
        test.with("samples", SAMPLES);
        byte[] bytes = Files.readAllBytes(folder.resolve("x.npy"));
        String header = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }";
        ByteBuffer file = ByteBuffer.allocate(10 + header.length() + 1);
        file.put(bytes, 0, 8).put((byte) (header.length() + 1)).put((byte) 0);
        file.put(header.getBytes(StandardCharsets.US_ASCII)).put((byte) '\n');
        Files.write(folder.resolve("x.npy"), file.array());
        assertThat(observe("clean-accuracy-holds").summary()).contains("pickle");
    }

    @Test
    void guardedModelWithstandsAbnormalInputs() throws IOException, InterruptedException {
        test.with("samples", SAMPLES);
        Observation seen = observe("abnormal-inputs-break-the-model");
        assertThat(seen.outcome()).isInstanceOf(Outcome.Cleared.class);
        assertThat(seen.summary()).contains("refused");
    }

    @Test
    void overflowOnFiniteInputIsConfirmedAndTheInputKept()
            throws IOException, InterruptedException {
        write(TestModels.sumOfTwo(false));
        test.with("samples", SAMPLES);
        Observation seen = observe("abnormal-inputs-break-the-model");
        assertThat(seen.outcome()).isInstanceOf(Outcome.Confirmed.class);
        byte[] kept =
                seen.raw().stream()
                        .filter(raw -> raw.name().equals("abnormal-1.npy"))
                        .findFirst()
                        .orElseThrow()
                        .bytes();
        NpyArray input = NpyReader.read(ByteBuffer.wrap(kept));
        assertThat(input.number(0)).isEqualTo(Float.MAX_VALUE);
    }

    @Test
    void customOperatorIsNamedAndNothingIsLoaded() throws IOException, InterruptedException {
        OnnxNode custom =
                new OnnxNode(
                        "", "com.example", "Rank", "", List.of("x"), List.of("p"), List.of(), "");
        write(TestModels.model(List.of(custom), List.of()));
        Observation seen = observe("model-keeps-its-contract");
        assertThat(seen.outcome()).isInstanceOf(Outcome.CouldNotTell.class);
        assertThat(seen.summary()).contains("com.example:Rank");
    }

    @Test
    void externalWeightsOutsideTheFolderAreNotRead() throws IOException, InterruptedException {
        write(withExternalBias("../b.bin", 0));
        assertThat(observe("model-keeps-its-contract").summary())
                .contains("../b.bin")
                .contains("not read");
    }

    @Test
    void externalWeightsBehindALinkAreNotRead() throws IOException, InterruptedException {
        Files.write(folder.resolve("real.bin"), new byte[8]);
        Files.createSymbolicLink(folder.resolve("b.bin"), folder.resolve("real.bin"));
        write(withExternalBias("b.bin", 0));
        assertThat(observe("model-keeps-its-contract").summary()).contains("link");
    }

    @Test
    void externalWeightsInTheFolderAreReadAndPartOfTheDigest()
            throws IOException, InterruptedException {
        test.with("contract", PORTS);
        Files.write(folder.resolve("b.bin"), new byte[12]);
        write(withExternalBias("b.bin", 4));
        assertThat(observe("model-keeps-its-contract").outcome())
                .isInstanceOf(Outcome.Cleared.class);
        TargetDigest before = target();
        Files.write(folder.resolve("b.bin"), new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        assertThat(target().digest()).isNotEqualTo(before.digest());
    }

    private static OnnxModel withExternalBias(String location, int offset) {
        OnnxModel model = TestModels.sumOfTwo(true);
        List<OnnxTensor> constants =
                model.graph().initializers().stream()
                        .map(tensor ->
                                tensor.name().equals("b")
                                        ? new OnnxTensor(
                                                "b",
                                                OnnxElementType.FLOAT,
                                                List.of(2L),
                                                new OnnxTensorData.External(
                                                        Map.of(
                                                                "location",
                                                                location,
                                                                "offset",
                                                                String.valueOf(offset))),
                                                "")
                                        : tensor)
                        .toList();
        return TestModels.model(model.graph().nodes(), constants);
    }

    @Test
    void everyFileThatIsLookedAtIsPartOfTheDigest() throws IOException {
        test.with("samples", SAMPLES);
        TargetDigest first = target();
        samples(50, 49);
        TargetDigest second = target();
        write(TestModels.sumOfTwo(false));
        TargetDigest third = target();
        test.with("contract", PORTS);
        assertThat(List.of(first, second, third, target()).stream().map(TargetDigest::digest))
                .doesNotHaveDuplicates();
    }

    @Test
    void otherFormatsAreNotLookedAt() {
        test.with("artifact", Map.of("path", "model.pt"));
        assertThat(check.isApplicable(test.system(), test.element())).isFalse();
        test.with("artifact", Map.of("path", "model.bin", "format", "onnx"));
        assertThat(check.isApplicable(test.system(), test.element())).isTrue();
    }

    @Test
    void servicesAreFound() {
        assertThat(ServiceLoader.load(Check.class).stream().map(ServiceLoader.Provider::type))
                .contains(ModelContractCheck.class);
        assertThat(ServiceLoader.load(FactSource.class).stream().map(ServiceLoader.Provider::type))
                .contains(OnnxFactSource.class);
        assertThat(
                        ServiceLoader.load(SchemaSource.class).stream()
                                .flatMap(one -> one.get().fragments().stream()))
                .extracting(one -> one.key())
                .containsExactly("samples", "contract");
    }

    @Test
    void factsNameInputsOutputsAndCustomOperators() throws IOException {
        OnnxNode custom =
                new OnnxNode(
                        "", "com.example", "Rank", "", List.of("x"), List.of("p"), List.of(), "");
        write(TestModels.model(List.of(custom), List.of()));
        assertThat(new OnnxFactSource().facts(test.system(), test.element()))
                .extracting(fact -> fact.name() + "=" + fact.value())
                .contains(
                        "onnx.custom-operator=com.example:Rank",
                        "onnx.inputs=x float[n,2]",
                        "onnx.outputs=p float[n,2]",
                        "onnx.opset=17");
    }
}
