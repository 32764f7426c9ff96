package dev.bartizan.tensors.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.bartizan.formats.onnx.OnnxElementType;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A model loaded into ONNX Runtime from bytes. No library of operators is loaded, no other file is
/// opened, nothing is written. Not for use by two threads at once.
///
/// The native code runs on a thread of its own: what outlasts its time is told to stop, and when it
/// does not, it is abandoned (its memory stays taken until the process ends) and the session is
/// dead.
public final class InferenceSession implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("onnxruntime-", 0).factory();

    private final OrtSession session;
    private final InferenceLimits limits;
    private final ExecutorService worker;
    private final List<ModelPort> inputs;
    private final List<ModelPort> outputs;
    private boolean isAbandoned;

    private InferenceSession(OrtSession session, InferenceLimits limits, ExecutorService worker)
            throws OrtException {
        this.session = session;
        this.limits = limits;
        this.worker = worker;
        this.inputs = ports(session.getInputInfo());
        this.outputs = ports(session.getOutputInfo());
    }

    /// Loads a model.
    ///
    /// @throws InferenceException when ONNX Runtime does not take it, or takes too long
    /// @throws InterruptedException when cancelled
    public static InferenceSession open(byte[] model, InferenceLimits limits)
            throws InferenceException, InterruptedException {
        ExecutorService worker = Executors.newSingleThreadExecutor(THREADS);
        boolean isOpen = false;
        try {
            Future<OrtSession> loading = worker.submit(() -> load(model, limits));
            InferenceSession session =
                    new InferenceSession(
                            await(loading, limits.loadTime(), "Loading"), limits, worker);
            isOpen = true;
            return session;
        } catch (OrtException e) {
            throw failure(e);
        } finally {
            if (!isOpen) {
                worker.shutdownNow();
            }
        }
    }

    private static OrtSession load(byte[] model, InferenceLimits limits) throws OrtException {
        OrtEnvironment environment =
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        environment.setTelemetry(false);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(limits.threads());
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setCPUArenaAllocator(limits.memory() == InferenceLimits.Memory.KEPT);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            if (limits.device() == Device.CUDA) {
                options.addCUDA(0);
            }
            return environment.createSession(model, options);
        }
    }

    private static <T> T await(Future<T> future, Duration time, String what)
            throws InferenceException, InterruptedException {
        try {
            return future.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new InferenceException(
                    InferenceException.Kind.TIME_OUT,
                    what + " took longer than " + time.toSeconds() + " s",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OrtException broken) {
                throw failure(broken);
            }
            if (e.getCause() instanceof InferenceException broken) {
                throw broken;
            }
            throw new IllegalStateException("ONNX Runtime call broke", e.getCause());
        }
    }

    static InferenceException failure(OrtException e) {
        InferenceException.Kind kind =
                switch (e.getCode()) {
                    case ORT_INVALID_PROTOBUF, ORT_INVALID_GRAPH ->
                            InferenceException.Kind.INVALID_MODEL;
                    case ORT_INVALID_ARGUMENT -> InferenceException.Kind.REFUSED_INPUT;
                    default -> InferenceException.Kind.FAILED;
                };
        return new InferenceException(kind, "ONNX Runtime: " + e.getMessage(), e);
    }

    private static List<ModelPort> ports(Map<String, NodeInfo> infos) {
        List<ModelPort> ports = new ArrayList<>();
        infos.forEach((name, info) ->
                ports.add(
                        info.getInfo() instanceof TensorInfo tensor
                                ? new ModelPort(
                                        name,
                                        elementType(tensor.type),
                                        Arrays.stream(tensor.getShape()).boxed().toList())
                                : new ModelPort(name, OnnxElementType.UNDEFINED, List.of())));
        return List.copyOf(ports);
    }

    private static OnnxElementType elementType(OnnxJavaType type) {
        return switch (type) {
            case FLOAT -> OnnxElementType.FLOAT;
            case DOUBLE -> OnnxElementType.DOUBLE;
            case INT8 -> OnnxElementType.INT8;
            case INT16 -> OnnxElementType.INT16;
            case INT32 -> OnnxElementType.INT32;
            case INT64 -> OnnxElementType.INT64;
            case BOOL -> OnnxElementType.BOOL;
            case UINT8 -> OnnxElementType.UINT8;
            case STRING -> OnnxElementType.STRING;
            case FLOAT16 -> OnnxElementType.FLOAT16;
            case BFLOAT16 -> OnnxElementType.BFLOAT16;
            default -> OnnxElementType.UNDEFINED;
        };
    }

    private static OnnxJavaType javaType(OnnxElementType type) {
        return switch (type) {
            case FLOAT -> OnnxJavaType.FLOAT;
            case DOUBLE -> OnnxJavaType.DOUBLE;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case INT8 -> OnnxJavaType.INT8;
            case INT16 -> OnnxJavaType.INT16;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case BOOL -> OnnxJavaType.BOOL;
            case UINT8 -> OnnxJavaType.UINT8;
            default -> throw new IllegalArgumentException("Not held: " + type);
        };
    }

    /// What must be given.
    public List<ModelPort> inputs() {
        return inputs;
    }

    /// What is returned.
    public List<ModelPort> outputs() {
        return outputs;
    }

    /// Computes the outputs that are tensors of numbers; others are left out.
    ///
    /// @throws InferenceException when the inputs are refused or the run breaks or takes too long
    /// @throws InterruptedException when cancelled
    public Map<String, DenseTensor> run(Map<String, DenseTensor> given)
            throws InferenceException, InterruptedException {
        return submit(options -> call(given, options));
    }

    /// Moves numbers into the memory of ONNX Runtime.
    ///
    /// @throws InferenceException when it does not take them
    public static HeldTensor hold(DenseTensor tensor) throws InferenceException {
        try {
            return new HeldTensor(onnxTensor(tensor));
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    /// Computes the outputs and leaves them where they are. The caller closes them.
    ///
    /// @throws InferenceException when the inputs are refused or the run breaks or takes too long
    /// @throws InterruptedException when cancelled
    public Map<String, HeldTensor> runHeld(Map<String, HeldTensor> given)
            throws InferenceException, InterruptedException {
        return submit(given, (tensors, options) -> held(session.run(tensors, options)));
    }

    /// What one run does with its tensors.
    @FunctionalInterface
    private interface Work<T> {
        T of(Map<String, OnnxTensor> tensors, OrtSession.RunOptions options) throws OrtException;
    }

    private <T> T submit(Map<String, HeldTensor> given, Work<T> work)
            throws InferenceException, InterruptedException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        given.forEach((name, held) -> tensors.put(name, held.tensor()));
        return submit(options -> () -> work.of(tensors, options));
    }

    private <T> T submit(Function<OrtSession.RunOptions, Callable<T>> work)
            throws InferenceException, InterruptedException {
        if (isAbandoned) {
            throw new InferenceException(
                    InferenceException.Kind.TIME_OUT,
                    "An earlier run never ended, so no further one is tried");
        }
        try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            Future<T> running = worker.submit(work.apply(options));
            try {
                return await(running, limits.runTime(), "A run");
            } catch (InferenceException e) {
                if (e.kind() == InferenceException.Kind.TIME_OUT) {
                    stop(running, options);
                }
                throw e;
            }
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    /// Computes the outputs that are named and writes them where they shall be.
    ///
    /// @param into by name of the output; of the shape that it will have
    /// @throws InferenceException when the inputs are refused, the run breaks or takes too long, or
    ///   an output has another shape
    /// @throws InterruptedException when cancelled
    public void run(Map<String, HeldTensor> given, Map<String, HeldTensor> into)
            throws InferenceException, InterruptedException {
        Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
        into.forEach((name, held) -> pinned.put(name, held.tensor()));
        submit(
                given,
                (tensors, options) -> {
                    session.run(tensors, Set.of(), pinned, options).close();
                    return true;
                });
    }

    /// The result's tensors; the result itself is not closed, for that would close them.
    private static Map<String, HeldTensor> held(OrtSession.Result result) {
        Map<String, HeldTensor> held = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> entry : result) {
            if (entry.getValue() instanceof OnnxTensor tensor) {
                held.put(entry.getKey(), new HeldTensor(tensor));
            }
        }
        return held;
    }

    private void stop(Future<?> running, OrtSession.RunOptions options)
            throws OrtException, InterruptedException {
        options.setTerminate(true);
        try {
            running.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            isAbandoned = true;
        } catch (ExecutionException e) {
            // It stopped, which is what was asked.
        }
    }

    private Callable<Map<String, DenseTensor>> call(
            Map<String, DenseTensor> given, OrtSession.RunOptions options) {
        return () -> {
            Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
            try {
                for (Map.Entry<String, DenseTensor> entry : given.entrySet()) {
                    tensors.put(entry.getKey(), onnxTensor(entry.getValue()));
                }
                try (OrtSession.Result result = session.run(tensors, options)) {
                    return numbers(result);
                }
            } finally {
                tensors.values().forEach(OnnxTensor::close);
            }
        };
    }

    private static OnnxTensor onnxTensor(DenseTensor tensor) throws OrtException {
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        return OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), tensor.bytes(), shape, javaType(tensor.type()));
    }

    private Map<String, DenseTensor> numbers(OrtSession.Result result) throws InferenceException {
        Map<String, DenseTensor> numbers = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> entry : result) {
            DenseTensor tensor = dense(entry.getKey(), entry.getValue());
            if (tensor != null) {
                numbers.put(entry.getKey(), tensor);
            }
        }
        return numbers;
    }

    private @Nullable DenseTensor dense(String name, OnnxValue value) throws InferenceException {
        if (!(value instanceof OnnxTensor tensor)) {
            return null;
        }
        TensorInfo info = tensor.getInfo();
        OnnxElementType type = elementType(info.type);
        if (!DenseTensor.canHold(type)) {
            return null;
        }
        List<Long> shape = Arrays.stream(info.getShape()).boxed().toList();
        if (info.getNumElements() > limits.maxElements()) {
            throw new InferenceException(
                    InferenceException.Kind.TOO_LARGE,
                    "Output \""
                            + name
                            + "\" has "
                            + info.getNumElements()
                            + " numbers, more than the limit of "
                            + limits.maxElements());
        }
        return DenseTensor.of(type, shape, tensor.getByteBuffer().order(ByteOrder.nativeOrder()));
    }

    @Override
    public void close() {
        if (isAbandoned) {
            worker.shutdown();
            return;
        }
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime did not close a session", e);
        } finally {
            worker.shutdown();
        }
    }
}
