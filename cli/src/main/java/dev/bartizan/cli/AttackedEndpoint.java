package dev.bartizan.cli;

import dev.bartizan.core.SimulatedEndpoints;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.images.LabelledArray;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.robustness.AttackChoice;
import dev.bartizan.robustness.AttackWish;
import dev.bartizan.robustness.DecisionSource;
import dev.bartizan.robustness.Evasion;
import dev.bartizan.robustness.EvasionListener;
import dev.bartizan.robustness.EvasionResult;
import dev.bartizan.robustness.Examples;
import dev.bartizan.robustness.MinimalEvasion;
import dev.bartizan.robustness.MinimalResult;
import dev.bartizan.robustness.Work;
import dev.bartizan.robustness.data.AttackData;
import dev.bartizan.robustness.data.Labels;
import dev.bartizan.robustness.remote.RemoteClassifier;
import dev.bartizan.targets.Limits;
import dev.bartizan.targets.Pacing;
import dev.bartizan.targets.prediction.PredictionEndpoint;
import dev.bartizan.targets.prediction.PredictionSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A classifier behind HTTP with the examples it is attacked on.
final class AttackedEndpoint implements AutoCloseable {
    /// Questions for each example unless said otherwise: endpoints cost.
    static final int QUERIES = 500;

    /// Questions for each example before and after an attack: whether it holds, and once more
    /// alone.
    private static final long QUESTIONS_AROUND = 2;

    /// As above, and those that bring a point nearer.
    private static final long QUESTIONS_AROUND_MINIMAL = 16;

    private static final int ROWS_BETWEEN_KEEPING = 8;

    private final Optional<SimulatedEndpoints.Session> session;
    private final PredictionEndpoint endpoint;
    private final PredictionSettings settings;
    private final RemoteClassifier classifier;
    private final AttackData data;
    private final Optional<NpyArray> labels;

    private AttackedEndpoint(
            Optional<SimulatedEndpoints.Session> session,
            PredictionEndpoint endpoint,
            PredictionSettings settings,
            RemoteClassifier classifier,
            AttackData data,
            Optional<NpyArray> labels) {
        this.session = session;
        this.endpoint = endpoint;
        this.settings = settings;
        this.classifier = classifier;
        this.data = data;
        this.labels = labels;
    }

    /// Opens an endpoint and asks it for the first example.
    ///
    /// @throws UserError when it cannot be asked, or the examples do not fit
    static AttackedEndpoint open(String target, AttackInputs inputs, EndpointOptions options)
            throws IOException, InterruptedException {
        LabelledArray given = inputs.read();
        AttackData data =
                AttackData.asGiven(
                        given.inputs(), inputs.count(), inputs.scaling(), options.shape());
        Optional<SimulatedEndpoints.Session> session = EndpointOptions.simulation(target);
        try {
            PredictionSettings settings =
                    options.settings(EndpointOptions.address(target, session), data.rowDims());
            PredictionEndpoint endpoint =
                    PredictionEndpoint.open(settings, Limits.DEFAULT, Pacing.REAL);
            try {
                RemoteClassifier classifier =
                        RemoteClassifier.open(
                                endpoint,
                                data.rowDims(),
                                data.preprocessing(),
                                Arrays.copyOf(data.values(), data.width()),
                                options.classes());
                return new AttackedEndpoint(
                        session, endpoint, settings, classifier, data, given.labels());
            } catch (RuntimeException | InterruptedException e) {
                endpoint.close();
                throw e;
            }
        } catch (RuntimeException | InterruptedException e) {
            session.ifPresent(SimulatedEndpoints.Session::close);
            throw e;
        }
    }

    AttackData data() {
        return data;
    }

    boolean isSimulated() {
        return session.isPresent();
    }

    DecisionSource classifier() {
        return classifier;
    }

    AttackWish.Tells tells() {
        return classifier.tellsScores() ? AttackWish.Tells.SCORES : AttackWish.Tells.ANSWERS;
    }

    /// What is to be done.
    ///
    /// @throws UserError when labels or the wanted class do not fit
    Work work(AttackOutput.Settings wanted, AttackInputs inputs, @Nullable Integer target)
            throws IOException, InterruptedException {
        AttackedFile.requireClass(target, classifier.classes());
        Optional<NpyArray> given = inputs.labels().or(() -> labels);
        int[] classes =
                given.isPresent()
                        ? Labels.of(
                                given.get(), data.rows(), classifier.classes(), inputs.labelsFrom())
                        : classifier.answers(data.values());
        return new Work(
                new Examples(
                        data.values(),
                        classes,
                        target == null ? OptionalInt.empty() : OptionalInt.of(target)),
                data.ball(wanted.norm(), wanted.eps(), inputs.scaling()),
                wanted.seed(),
                ROWS_BETWEEN_KEEPING,
                Optional.empty());
    }

    /// Says before it begins what it may cost at most.
    void sayCost(PrintWriter err, AttackChoice choice, int queries, int rows) {
        long around = choice.isMinimal() ? QUESTIONS_AROUND_MINIMAL : QUESTIONS_AROUND;
        long most = rows * (2 + (queries + around) * choice.attacks().size());
        long requests = Math.ceilDiv(most, settings.rowsPerRequest());
        StringBuilder words =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "attack: asks %s for at most %,d predictions (%,d for each of %,d"
                                        + " examples)",
                                name(),
                                most,
                                most / rows,
                                rows));
        words.append(
                String.format(
                        Locale.ROOT,
                        ", in %,d requests or more%s",
                        requests,
                        classifier.tellsScores() ? "" : " (it tells no scores)"));
        settings.perSecond()
                .ifPresent(rate ->
                        words.append(
                                String.format(
                                        Locale.ROOT,
                                        "; %,.0f s or longer at %s a second",
                                        requests / rate,
                                        rate)));
        err.println(words);
        if (session.isPresent()) {
            err.println("attack: the endpoint is a simulation");
        }
        err.flush();
    }

    /// Attacks.
    ///
    /// @param earlier what was found for the first examples
    AttackedFile.Attacked attack(
            Work work,
            AttackChoice choice,
            Optional<EvasionResult> earlier,
            EvasionListener listener,
            float eps)
            throws IOException, InterruptedException {
        if (choice.isMinimal()) {
            MinimalResult smallest =
                    new MinimalEvasion(choice.attacks()).run(classifier, work, earlier, listener);
            return new AttackedFile.Attacked(
                    smallest.within(eps), Optional.of(smallest), List.of());
        }
        EvasionResult result =
                new Evasion(choice.attacks()).run(classifier, work, earlier, listener);
        return new AttackedFile.Attacked(result, Optional.empty(), List.of());
    }

    /// The address without its query, which may hold a key.
    String name() {
        String address = settings.uri().toString();
        int query = address.indexOf('?');
        return query < 0 ? address : address.substring(0, query);
    }

    @Override
    public void close() {
        endpoint.close();
        session.ifPresent(SimulatedEndpoints.Session::close);
    }
}
