package dev.bartizan.robustness.harden;

import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.robustness.Examples;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.WeightSwap;
import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.gradient.GradientGraph;
import dev.bartizan.tensors.gradient.Preprocessing;
import dev.bartizan.tensors.gradient.TrainingGraph;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.HeldTensor;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// Adversarial training of a classifier from its ONNX file: A. Madry, A. Makelov, L. Schmidt, D.
/// Tsipras, A. Vladu, "Towards deep learning models resistant to adversarial attacks" (ICLR 2018),
/// section 3: every update sees examples that a projected gradient ascent changed. Budget and rate
/// rise over the first part of the training, and the rate falls to zero along a cosine. Images are
/// also shifted by some pixels.
///
/// Weights and changed examples stay in ONNX Runtime. Not for use by two threads at once.
public final class Hardening implements AutoCloseable {
    private static final InferenceLimits LIMITS =
            new InferenceLimits(1, Duration.ofMinutes(2), Duration.ofMinutes(2), 1L << 27)
                    .keepingMemory();
    private static final double WARM_UP = 0.2;
    private static final double STEP_REACH = 2.5;
    private static final int UPDATES_PER_WORD = 10;
    private static final int TRIAL_UPDATES = 6;

    private final DeployedModel model;
    private final TrainingGraph graph;
    private final InferenceSession attack;
    private final InferenceSession update;
    private final Batches batches;
    private final HardeningPlan plan;
    private final Map<String, HeldTensor> state = new LinkedHashMap<>();
    private int epoch;
    private long updates;

    private Hardening(
            DeployedModel model,
            TrainingGraph graph,
            InferenceSession attack,
            InferenceSession update,
            Batches batches,
            HardeningPlan plan) {
        this.model = model;
        this.graph = graph;
        this.attack = attack;
        this.update = update;
        this.batches = batches;
        this.plan = plan;
    }

    /// Prepares a training.
    ///
    /// @param model the classifier
    /// @param rowDims sizes of one example
    /// @param preprocessing what happens to an example before the model sees it
    /// @param examples in the units of the budget
    /// @throws GradientException when it cannot be trained
    /// @throws InferenceException when ONNX Runtime does not run it
    /// @throws InterruptedException when cancelled
    public static Hardening open(
            DeployedModel model,
            List<Long> rowDims,
            Preprocessing preprocessing,
            Examples examples,
            HardeningPlan plan)
            throws GradientException, InferenceException, InterruptedException {
        TrainingGraph graph =
                TrainingGraph.of(GradientGraph.of(model.model(), rowDims, preprocessing));
        InferenceSession attack =
                InferenceSession.open(OnnxWriter.bytes(graph.attackStep()), LIMITS);
        InferenceSession update = InferenceSession.open(OnnxWriter.bytes(graph.update()), LIMITS);
        Hardening hardening =
                new Hardening(
                        model, graph, attack, update, new Batches(examples, rowDims, plan), plan);
        hardening.begin();
        return hardening;
    }

    private void begin() throws InferenceException {
        for (OnnxTensor weight : graph.weights()) {
            List<Long> dims = weight.dims();
            float[] values = weight.toFloats();
            state.put(weight.name(), held(dims, values));
            state.put(TrainingGraph.mean(weight.name()), held(dims, new float[values.length]));
            state.put(TrainingGraph.square(weight.name()), held(dims, new float[values.length]));
        }
    }

    private static HeldTensor held(List<Long> dims, float[] values) throws InferenceException {
        return InferenceSession.hold(DenseTensor.ofFloats(dims, values));
    }

    /// Goes on from an earlier state.
    ///
    /// @throws IllegalArgumentException when it is of another model
    public void resume(HardeningState earlier) throws InferenceException {
        for (Map.Entry<String, HeldTensor> entry : state.entrySet()) {
            NpyArray values =
                    Optional.ofNullable(earlier.values().get(entry.getKey()))
                            .orElseThrow(
                                    () -> new IllegalArgumentException("No " + entry.getKey()));
            List<Long> dims = entry.getValue().shape();
            List<Long> given = values.shape().stream().map(Integer::longValue).toList();
            if (!dims.equals(given)) {
                throw new IllegalArgumentException(
                        entry.getKey() + " has shape " + given + " instead of " + dims);
            }
            float[] numbers = new float[values.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) values.number(i);
            }
            entry.getValue().close();
            entry.setValue(held(dims, numbers));
        }
        epoch = earlier.epoch();
        updates = earlier.updates();
    }

    /// Numbers that are trained.
    public long parameters() {
        return graph.weights().stream().mapToLong(OnnxTensor::elements).sum();
    }

    /// Updates in all.
    public long updatesInAll() {
        return (long) plan.epochs() * batches.count();
    }

    /// Time that the rest takes, from the fastest of some updates done on trial.
    ///
    /// @throws IOException when a run breaks
    /// @throws InterruptedException when cancelled
    public Duration estimate() throws IOException, InterruptedException {
        HardeningState before = state();
        SplittableRandom random = new SplittableRandom(plan.seed());
        batches.shuffle(random);
        long one = Long.MAX_VALUE;
        for (int i = 0; i < TRIAL_UPDATES; i++) {
            long started = System.nanoTime();
            once(i % batches.count(), random);
            one = Math.min(one, System.nanoTime() - started);
        }
        resume(before);
        return Duration.ofNanos(one * (updatesInAll() - updates));
    }

    /// Mean loss at the end of some updates done on trial with the budget and rate of the plan at
    /// their highest. Nothing of them stays.
    ///
    /// @throws IOException when a run breaks
    /// @throws InterruptedException when cancelled
    public double trial(int count) throws IOException, InterruptedException {
        HardeningState before = state();
        SplittableRandom random = new SplittableRandom(plan.seed());
        updates = (long) (WARM_UP * updatesInAll());
        double loss = 0;
        for (int i = 0; i < count; i++) {
            if (i % batches.count() == 0) {
                batches.shuffle(random);
            }
            double now = once(i % batches.count(), random);
            loss += i >= count / 2 ? now : 0;
        }
        resume(before);
        return loss / (count - count / 2);
    }

    /// Trains to the end of the plan.
    ///
    /// @throws IOException when a run breaks or the state cannot be kept
    /// @throws InterruptedException when cancelled
    public OnnxModel run(HardeningListener listener) throws IOException, InterruptedException {
        while (epoch < plan.epochs()) {
            SplittableRandom random = new SplittableRandom(plan.seed() + 1 + epoch);
            batches.shuffle(random);
            double loss = 0;
            for (int i = 0; i < batches.count(); i++) {
                loss += once(i, random);
                if ((i + 1) % UPDATES_PER_WORD == 0) {
                    listener.updated(updates, updatesInAll(), loss / UPDATES_PER_WORD);
                    loss = 0;
                }
            }
            epoch++;
            listener.passed(state());
        }
        return trained();
    }

    private double once(int batch, SplittableRandom random)
            throws IOException, InterruptedException {
        double far = updates / (double) updatesInAll();
        double eps = plan.eps() * Math.min(1, 0.3 + 0.7 * far / WARM_UP);
        Batches.Batch chosen = batches.take(batch, eps, random);
        List<HeldTensor> own = new ArrayList<>();
        try {
            HeldTensor changed = attacked(chosen, eps, own);
            updates++;
            return updated(changed, chosen, far, own);
        } finally {
            own.forEach(HeldTensor::close);
        }
    }

    private HeldTensor attacked(Batches.Batch batch, double eps, List<HeldTensor> own)
            throws IOException, InterruptedException {
        Map<String, HeldTensor> given = new HashMap<>();
        given.put(TrainingGraph.LOW, batch.low());
        given.put(TrainingGraph.HIGH, batch.high());
        given.put(GradientGraph.LABELS, batch.labels());
        double step = plan.steps() == 1 ? 1.25 * eps : STEP_REACH * eps / plan.steps();
        given.put(TrainingGraph.STEP, keep(number(step), own));
        graph.weights().forEach(weight -> given.put(weight.name(), of(weight.name())));
        HeldTensor x = batch.start();
        for (int i = 0; i < plan.steps(); i++) {
            given.put(graph.input(), x);
            x = get(attack.runHeld(given), TrainingGraph.NEXT);
            own.add(x);
        }
        return x;
    }

    private double updated(
            HeldTensor changed, Batches.Batch batch, double far, List<HeldTensor> own)
            throws IOException, InterruptedException {
        double rising = Math.min(1, (far + 0.01) / (WARM_UP / 2));
        double falling = 0.5 * (1 + Math.cos(Math.PI * far));
        double rate = plan.rate() * Math.min(rising, falling);
        Map<String, HeldTensor> given = new HashMap<>(state);
        given.put(graph.input(), changed);
        given.put(GradientGraph.LABELS, batch.labels());
        given.put(TrainingGraph.RATE, keep(number(TrainingGraph.corrected(rate, updates)), own));
        Map<String, HeldTensor> result = update.runHeld(given);
        HeldTensor loss = get(result, TrainingGraph.LOSS);
        own.add(loss);
        for (Map.Entry<String, HeldTensor> entry : state.entrySet()) {
            entry.getValue().close();
            entry.setValue(get(result, TrainingGraph.next(entry.getKey())));
        }
        return loss.toFloats()[0];
    }

    private static DenseTensor number(double value) {
        return DenseTensor.ofFloats(List.of(), new float[] {(float) value});
    }

    private static HeldTensor keep(DenseTensor tensor, List<HeldTensor> own)
            throws InferenceException {
        HeldTensor held = InferenceSession.hold(tensor);
        own.add(held);
        return held;
    }

    private HeldTensor of(String name) {
        return get(state, name);
    }

    private static HeldTensor get(Map<String, HeldTensor> all, String name) {
        HeldTensor held = all.get(name);
        if (held == null) {
            throw new IllegalStateException("Nothing named " + name);
        }
        return held;
    }

    /// How far it is.
    public HardeningState state() {
        Map<String, NpyArray> values = new LinkedHashMap<>();
        state.forEach((name, held) ->
                values.put(
                        name,
                        NpyArray.of(
                                held.shape().stream().map(Math::toIntExact).toList(),
                                held.toFloats())));
        return new HardeningState(epoch, updates, values);
    }

    /// The model with the weights as they are now.
    public OnnxModel trained() {
        Map<String, OnnxTensor> weights = new HashMap<>();
        for (OnnxTensor weight : graph.weights()) {
            long[] dims = weight.dims().stream().mapToLong(Long::longValue).toArray();
            weights.put(
                    weight.name(),
                    OnnxTensor.floats(weight.name(), dims, of(weight.name()).toFloats()));
        }
        return WeightSwap.of(model.model(), weights);
    }

    @Override
    public void close() {
        attack.close();
        update.close();
        batches.close();
        state.values().forEach(HeldTensor::close);
    }
}
