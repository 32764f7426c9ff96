package dev.bartizan.threats.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Walks XML documents by local names.
final class Xml {
    private Xml() {}

    static String name(Node node) {
        String local = node.getLocalName();
        return local == null ? node.getNodeName() : local;
    }

    static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && name(element).equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    static Optional<Element> child(Element parent, String name) {
        return children(parent, name).stream().findFirst();
    }

    static String text(Element parent, String name) {
        return child(parent, name).map(Node::getTextContent).orElse("").strip();
    }

    /// An attribute by local name, whatever its prefix.
    static String attribute(Element element, String name) {
        var attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            if (attribute != null && name(attribute).equals(name)) {
                return attribute.getNodeValue();
            }
        }
        return "";
    }
}
