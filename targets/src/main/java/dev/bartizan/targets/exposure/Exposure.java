package dev.bartizan.targets.exposure;

import dev.bartizan.core.Claim;
import dev.bartizan.core.Context;
import dev.bartizan.core.Element;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome.CouldNotTell;
import dev.bartizan.core.RawMaterial;
import dev.bartizan.targets.Call;
import dev.bartizan.targets.Exchange;
import dev.bartizan.targets.Exchange.Answered;
import dev.bartizan.targets.Question;
import dev.bartizan.targets.Question.Manner;
import dev.bartizan.targets.Reply;
import dev.bartizan.targets.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// One run of the exposure check: sends the requests, then has each claim judged.
final class Exposure {
    private static final String GREETING = "Hello. What can you help me with?";
    private static final int STEPS = 9;

    private final Target target;
    private final Element element;
    private final Context context;
    private final int oversize;
    private final int burst;
    private final String principal;
    private final String odd;
    private int step;

    Exposure(Target target, Element element, Context context, int oversize, int burst) {
        this.target = target;
        this.element = element;
        this.context = context;
        this.oversize = oversize;
        this.burst = burst;
        principal = target.firstPrincipal();
        odd = "bartizan-" + Long.toHexString((context.seed() & 0xffffffL) | 0x1000000L);
    }

    /// What was seen of each claim.
    List<Observation> observations() throws InterruptedException {
        tell("asking what runs there");
        Optional<Exchange> description = target.describe();
        if (description.isPresent() && description.get().isWithoutAnswer()) {
            return untold(description.get());
        }
        tell("asking as an ordinary client");
        Call greeting = target.endpoint().ask(Question.plain(GREETING));
        Exchange ordinary = target.sendPatiently(greeting, principal);
        if (ordinary.isWithoutAnswer() || !(ordinary instanceof Answered answered)) {
            return untold(ordinary);
        }
        Judge judge = new Judge(target, answered, element);
        List<Observation> seen = new ArrayList<>();
        seen.add(credentials(judge, greeting));
        seen.add(scores(judge));
        seen.add(names(judge));
        seen.add(size(judge));
        seen.add(rate(judge, greeting));
        RawMaterial raw = target.recording("endpoint-exposure-" + element.id());
        return seen.stream()
                .map(item ->
                        new Observation(
                                item.claim(),
                                item.outcome(),
                                item.summary(),
                                item.findings(),
                                List.of(raw)))
                .toList();
    }

    private List<Observation> untold(Exchange exchange) {
        String reason = target.name() + ": " + target.redact(exchange.words());
        RawMaterial raw = target.recording("endpoint-exposure-" + element.id());
        List<Observation> seen = new ArrayList<>();
        for (Claim claim : ExposureClaims.ALL) {
            seen.add(
                    new Observation(
                            claim, new CouldNotTell(reason), reason, List.of(), List.of(raw)));
        }
        return seen;
    }

    private Observation credentials(Judge judge, Call greeting) throws InterruptedException {
        tell("asking without credentials");
        Exchange anonymous =
                principal.isEmpty() ? judge.ordinary() : target.sendPatiently(greeting, "");
        Exchange invalid = target.sendWithInvalidToken(greeting, odd);
        return judge.credentials(anonymous, invalid);
    }

    private Observation scores(Judge judge) throws InterruptedException {
        tell("asking for scores");
        Call call = target.endpoint().ask(new Question(GREETING, List.of(), Manner.WITH_SCORES));
        boolean isOther = target.endpoint().protocol().equals("openai");
        Exchange asked = isOther ? target.sendPatiently(call, principal) : judge.ordinary();
        return judge.scores(asked);
    }

    private Observation names(Judge judge) throws InterruptedException {
        tell("sending broken requests");
        Map<String, Exchange> errors = new LinkedHashMap<>();
        Call broken = Call.post(target.endpoint().uri(), "{\"" + odd + "\": [1, ");
        errors.put("broken JSON", target.sendPatiently(broken, principal));
        Call wrongMethod = new Call("PATCH", target.endpoint().uri(), "{}");
        errors.put("a method it does not know", target.sendPatiently(wrongMethod, principal));
        Optional<Call> unknown = target.endpoint().unknownModel(odd);
        if (unknown.isPresent()) {
            errors.put("a model it does not have", target.sendPatiently(unknown.get(), principal));
        }
        return judge.names(errors, odd);
    }

    private Observation size(Judge judge) throws InterruptedException {
        tell("sending one oversized request");
        Call large = target.endpoint().oversized(oversize);
        return judge.size(target.sendPatiently(large, principal), large.body().length());
    }

    private Observation rate(Judge judge, Call greeting) throws InterruptedException {
        tell("sending a burst of requests");
        if (!judge.isAnswered()) {
            return judge.rate(List.of());
        }
        List<Exchange> exchanges = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Exchange>> futures = new ArrayList<>();
            for (int i = 0; i < burst; i++) {
                futures.add(threads.submit(() -> target.send(greeting, principal)));
            }
            for (Future<Exchange> future : futures) {
                exchanges.add(result(future));
            }
        }
        return judge.rate(exchanges);
    }

    private static Exchange result(Future<Exchange> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Sending a request failed", e.getCause());
        }
    }

    private void tell(String words) {
        context.progress().at(step++, STEPS, words);
    }

    /// Whether an exchange is an answer to a question.
    static boolean isAnswer(Target target, Exchange exchange) {
        return exchange instanceof Answered answered
                && target.endpoint().reply(answered).filter(Exposure::saysSomething).isPresent();
    }

    private static boolean saysSomething(Reply reply) {
        return !reply.text().isEmpty() || !reply.calls().isEmpty();
    }
}
