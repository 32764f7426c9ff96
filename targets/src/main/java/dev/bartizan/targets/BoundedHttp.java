package dev.bartizan.targets;

import dev.bartizan.targets.Exchange.Answered;
import dev.bartizan.targets.Exchange.Cut;
import dev.bartizan.targets.Exchange.Reason;
import dev.bartizan.targets.Exchange.Unanswered;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// An HTTP client for endpoints that may be hostile. Time and bytes are bounded; redirects are
/// followed only within the origin that was named, twice at most; proxies, cookies and stored
/// log-ins of the machine are left out. Safe for use by several threads.
public final class BoundedHttp implements AutoCloseable {
    private static final int MAX_REDIRECTS = 2;
    private static final String AGENT = "bartizan";

    private final Limits limits;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;

    /// @param limits of each exchange
    public BoundedHttp(Limits limits) {
        this.limits = limits;
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(limits.connect())
                        .executor(threads)
                        .build();
    }

    /// Sends a request and reads the answer within the limits.
    ///
    /// @param token bearer token; empty for none
    public Exchange send(Call call, String token) throws InterruptedException {
        long deadline = System.nanoTime() + limits.total().toNanos();
        Call next = call;
        for (int redirects = 0; ; redirects++) {
            Exchange exchange = once(next, token, deadline);
            Optional<URI> location = sameOriginRedirect(next, exchange);
            if (location.isEmpty() || redirects == MAX_REDIRECTS) {
                return exchange;
            }
            next = new Call(call.method(), location.get(), call.body());
        }
    }

    private Exchange once(Call call, String token, long deadline) throws InterruptedException {
        long start = System.nanoTime();
        BoundedBody body = new BoundedBody(limits.responseBytes());
        CompletableFuture<HttpResponse<Cut>> future =
                client.sendAsync(request(call, token), body::of);
        try {
            Cut cut = future.get(Math.max(1, deadline - start), TimeUnit.NANOSECONDS).body();
            return answered(body, cut, start);
        } catch (TimeoutException e) {
            return body.status() == 0
                    ? new Unanswered(Reason.TIMED_OUT, "no answer within " + words(limits.total()))
                    : answered(body, Cut.TOO_SLOW, start);
        } catch (CancellationException e) {
            return new Unanswered(Reason.CLOSED, "the exchange was cancelled");
        } catch (ExecutionException e) {
            return failed(body, e.getCause() == null ? e : e.getCause(), start);
        } finally {
            future.cancel(true);
        }
    }

    private HttpRequest request(Call call, String token) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(call.uri())
                        .timeout(limits.firstByte())
                        .header("Accept", "application/json")
                        .header("User-Agent", AGENT);
        if (call.body().isEmpty()) {
            builder.method(call.method(), BodyPublishers.noBody());
        } else {
            builder.header("Content-Type", "application/json");
            builder.method(call.method(), BodyPublishers.ofString(call.body()));
        }
        if (!token.isEmpty()) {
            builder.header("Authorization", "Bearer " + token);
        }
        return builder.build();
    }

    private static Exchange answered(BoundedBody body, Cut cut, long start) {
        Map<String, String> headers = new TreeMap<>();
        body.headers().map().forEach((name, values) -> headers.put(name, String.join(",", values)));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Answered(body.status(), headers, body.text(), cut, took);
    }

    private Exchange failed(BoundedBody body, Throwable cause, long start) {
        if (body.status() != 0) {
            Cut cut = cause instanceof HttpTimeoutException ? Cut.TOO_SLOW : Cut.BROKEN_OFF;
            return answered(body, cut, start);
        }
        return switch (cause) {
            case HttpConnectTimeoutException _ ->
                    new Unanswered(
                            Reason.TIMED_OUT, "no connection within " + words(limits.connect()));
            case HttpTimeoutException _ ->
                    new Unanswered(
                            Reason.TIMED_OUT, "no answer within " + words(limits.firstByte()));
            case ConnectException _ ->
                    new Unanswered(Reason.UNREACHABLE, "nothing accepts connections there");
            case SSLException _ ->
                    new Unanswered(Reason.UNREACHABLE, "no trusted TLS connection could be made");
            default ->
                    new Unanswered(
                            Reason.CLOSED,
                            "the connection broke before a valid answer came ("
                                    + cause.getClass().getSimpleName()
                                    + ")");
        };
    }

    private static Optional<URI> sameOriginRedirect(Call call, Exchange exchange) {
        if (!(exchange instanceof Answered answered)) {
            return Optional.empty();
        }
        int status = answered.status();
        boolean isKept = status == 307 || status == 308;
        boolean isForGet = status == 301 || status == 302 || status == 303;
        if (!isKept && !(isForGet && call.method().equals("GET"))) {
            return Optional.empty();
        }
        return answered.header("location")
                .flatMap(location -> resolved(call.uri(), location))
                .filter(target -> isSameOrigin(call.uri(), target));
    }

    private static Optional<URI> resolved(URI base, String location) {
        try {
            return Optional.of(base.resolve(location));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Whether scheme, host and port are the same.
    static boolean isSameOrigin(URI one, URI other) {
        return origin(one).equals(origin(other)) && other.getUserInfo() == null;
    }

    /// Scheme, host and port, the port always written out.
    static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int standard = scheme.equals("https") ? 443 : 80;
        int port = uri.getPort() < 0 ? standard : uri.getPort();
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        return scheme + "://" + host + ":" + port;
    }

    private static String words(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
