package dev.bartizan.guard.vault;

import java.util.HashMap;
import java.util.Map;

/// A prefix tree of tokens.
final class TokenTree {
    private final Node root = new Node();

    private static final class Node {
        private final Map<Character, Node> next = new HashMap<>(2);
        private boolean isEnd;
    }

    void add(String token) {
        Node node = root;
        for (int i = 0; i < token.length(); i++) {
            node = node.next.computeIfAbsent(token.charAt(i), _ -> new Node());
        }
        node.isEnd = true;
    }

    /// Length of the longest token at `from`, 0 for none, -1 when the text ends inside the way to
    /// one.
    int match(CharSequence text, int from) {
        Node node = root;
        int longest = 0;
        for (int i = from; i < text.length(); i++) {
            node = node.next.get(text.charAt(i));
            if (node == null) {
                return longest;
            }
            if (node.isEnd) {
                longest = i - from + 1;
            }
        }
        return node == root || node.next.isEmpty() ? longest : -1;
    }
}
