package dev.bartizan.targets;

import dev.bartizan.core.Element;
import dev.bartizan.core.RawMaterial;
import dev.bartizan.core.SimulatedEndpoints;
import dev.bartizan.core.UserError;
import dev.bartizan.targets.Exchange.Answered;
import dev.bartizan.targets.Exchange.Reason;
import dev.bartizan.targets.Exchange.Unanswered;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An endpoint that is open for questions: sends within limits, as a named principal or as nobody,
/// only to the origin that the user named, and records every exchange without credentials.
public final class Target implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,8192}");
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int MAX_RETRIES = 3;
    private static final int SHORTEST_KEY = 16;

    private final Element element;
    private final URI base;
    private final SimulatedEndpoints.@Nullable Session session;
    private final Map<String, String> tokens;
    private final BoundedHttp http;
    private final Pacing pacing;
    private final Redactor redactor = new Redactor();
    private final Recorder recorder = new Recorder(redactor);
    private Endpoint endpoint;

    Target(
            Element element,
            URI base,
            SimulatedEndpoints.@Nullable Session session,
            Map<String, String> tokens,
            BoundedHttp http,
            Pacing pacing) {
        this.element = element;
        this.base = base;
        this.session = session;
        this.tokens = new LinkedHashMap<>(tokens);
        this.http = http;
        this.pacing = pacing;
        tokens.values().forEach(redactor::hide);
        keys(base).forEach(redactor::hide);
        endpoint = EndpointReader.at(base, element);
    }

    private static List<String> keys(URI address) {
        return Pattern.compile("[&=]")
                .splitAsStream(address.getRawQuery() == null ? "" : address.getRawQuery())
                .filter(part -> part.length() >= SHORTEST_KEY)
                .toList();
    }

    /// Whether the address itself may carry a key, so that no request goes without a credential.
    public boolean hasKeyInAddress() {
        return !keys(base).isEmpty();
    }

    /// Whether it is a simulation.
    public boolean isSimulated() {
        return session != null;
    }

    /// What a simulation says of itself; empty for any other endpoint.
    public Map<String, String> identity() {
        return session == null ? Map.of() : session.identity();
    }

    /// For people: the address as the user named it, without its query, which may hold a key.
    public String name() {
        String address = EndpointReader.address(element).orElse("");
        int query = address.indexOf('?');
        return query < 0 ? address : address.substring(0, query);
    }

    /// How to speak with it.
    public Endpoint endpoint() {
        return endpoint;
    }

    /// Asks what runs there, when the protocol has a way, and speaks accordingly from then on.
    public Optional<Exchange> describe() throws InterruptedException {
        Optional<Call> call = endpoint.describe();
        if (call.isEmpty()) {
            return Optional.empty();
        }
        Exchange exchange = send(call.get(), firstPrincipal());
        if (exchange instanceof Answered answered) {
            endpoint = endpoint.described(answered);
        }
        return Optional.of(exchange);
    }

    /// Principals of which a credential is at hand.
    public List<String> principals() {
        return new ArrayList<>(tokens.keySet());
    }

    /// The first principal of which a credential is at hand; empty text when there is none.
    public String firstPrincipal() {
        return tokens.isEmpty() ? "" : tokens.keySet().iterator().next();
    }

    /// Whether a credential of that principal is at hand.
    public boolean hasCredential(String principal) {
        return tokens.containsKey(principal);
    }

    /// Makes sure of a principal's credential, which a simulation hands out; says whether it is at
    /// hand.
    public boolean admit(String principal) {
        if (session != null && !tokens.containsKey(principal)) {
            String token = session.credential(principal);
            tokens.put(principal, token);
            redactor.hide(token);
        }
        return hasCredential(principal);
    }

    /// Sends a request once.
    ///
    /// @param principal whose credential goes with it; empty for none
    public Exchange send(Call call, String principal) throws InterruptedException {
        String token = "";
        if (!principal.isEmpty()) {
            token = tokens.getOrDefault(principal, "");
            if (token.isEmpty()) {
                throw new IllegalArgumentException("No credential of " + principal);
            }
        }
        return sendWith(call, principal, token);
    }

    /// Sends a request with a token that belongs to nobody.
    public Exchange sendWithInvalidToken(Call call, String token) throws InterruptedException {
        return sendWith(call, "nobody, with an invalid token", token);
    }

    private Exchange sendWith(Call call, String principal, String token)
            throws InterruptedException {
        if (!BoundedHttp.isSameOrigin(base, call.uri())) {
            throw new IllegalArgumentException("Not the origin that the user named: " + call.uri());
        }
        Exchange exchange = http.send(call, token);
        recorder.keep(call, principal, exchange);
        return exchange;
    }

    /// Sends a request; when it is told to wait (429 or 503), waits up to five seconds and tries
    /// again, three times at most. A connection that closes unanswered is tried once more, since it
    /// may have been an old one.
    public Exchange sendPatiently(Call call, String principal) throws InterruptedException {
        for (int retry = 0; ; retry++) {
            Exchange exchange = send(call, principal);
            if (retry == 0 && isClosed(exchange)) {
                continue;
            }
            if (retry == MAX_RETRIES
                    || !(exchange instanceof Answered answered)
                    || (answered.status() != 429 && answered.status() != 503)) {
                return exchange;
            }
            pacing.pause(wait(answered));
        }
    }

    private static boolean isClosed(Exchange exchange) {
        return exchange instanceof Unanswered unanswered && unanswered.reason() == Reason.CLOSED;
    }

    private static Duration wait(Answered answered) {
        Duration asked =
                number(answered, "retry-after-ms")
                        .map(Duration::ofMillis)
                        .or(() -> number(answered, "retry-after").map(Duration::ofSeconds))
                        .orElse(Duration.ofSeconds(1));
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }

    private static Optional<Long> number(Answered answered, String header) {
        return answered.header(header)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::parseLong);
    }

    /// Sends what a key such as `reset: "POST /reset"` says; empty when the element has no such
    /// key.
    ///
    /// @throws UserError when the key does not name a method and a path
    public Optional<Exchange> action(String key, String body, String principal)
            throws InterruptedException {
        Optional<String> said =
                element.attributes()
                        .text(key)
                        .or(() -> isSimulated() ? Optional.of("POST /" + key) : Optional.empty());
        if (said.isEmpty()) {
            return Optional.empty();
        }
        if (!said.get().matches("(POST|PUT|DELETE) /[^\\s#]*") || said.get().contains(" //")) {
            throw new UserError(
                    "\"" + said.get() + "\" names no method and path",
                    element.place() + " (" + element.id() + ": " + key + ")",
                    "Write a method and a path of the same server, such as \"POST /" + key + "\".");
        }
        int space = said.get().indexOf(' ');
        URI uri = base.resolve(said.get().substring(space + 1));
        return Optional.of(
                sendPatiently(new Call(said.get().substring(0, space), uri, body), principal));
    }

    /// A text without credentials.
    public String redact(String text) {
        return redactor.redact(text);
    }

    /// The exchanges so far, as a file.
    public RawMaterial recording(String name) {
        return recorder.material(name);
    }

    /// How many requests were sent.
    public int requests() {
        return recorder.count();
    }

    /// Whether a header can carry it.
    static boolean isUsable(String token) {
        return TOKEN.matcher(token).matches();
    }

    @Override
    public void close() {
        http.close();
        if (session != null) {
            session.close();
        }
    }
}
