package dev.bartizan.targets;

import dev.bartizan.targets.Exchange.Cut;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Reads a body up to a number of bytes, then lets go of the connection. What has been read can be
/// had at any moment. One lock guards all of it; no thread waits while holding it.
final class BoundedBody implements BodySubscriber<Cut> {
    private final int maxBytes;
    private final CompletableFuture<Cut> end = new CompletableFuture<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;
    private @Nullable ResponseInfo head;

    BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// Remembers the head of the answer.
    synchronized BoundedBody of(ResponseInfo info) {
        head = info;
        return this;
    }

    /// Status of the answer; 0 while none has come.
    synchronized int status() {
        return head == null ? 0 : head.statusCode();
    }

    /// Headers of the answer.
    synchronized HttpHeaders headers() {
        return head == null ? HttpHeaders.of(Map.of(), (_, _) -> true) : head.headers();
    }

    /// What has been read so far, as UTF-8 with replacement characters for what is not.
    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    @Override
    public CompletionStage<Cut> getBody() {
        return end;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        Flow.Subscription from = subscription;
        if (from == null || end.isDone()) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            int room = maxBytes - kept.size();
            byte[] bytes = new byte[Math.min(room, buffer.remaining())];
            buffer.get(bytes);
            kept.writeBytes(bytes);
            if (buffer.hasRemaining()) {
                from.cancel();
                end.complete(Cut.TOO_LONG);
                return;
            }
        }
        from.request(1);
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(Cut.BROKEN_OFF);
    }

    @Override
    public void onComplete() {
        end.complete(Cut.WHOLE);
    }
}
