package vn.sotay.news.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;
import vn.sotay.news.text.NewsText.Reading;

/** Goes through a parsed text once, without recursion, and flattens it. For one text. */
final class BlockWalk {

    private static final int DEEPEST_ITEM = 3;

    /** {@code #} is that of the page already: people write either for the first below it. */
    private static final int BIGGEST_HEADING = 2;

    private final List<Block> blocks = new ArrayList<>();
    private final Set<String> faults = new LinkedHashSet<>();
    private final List<Span> spans = new ArrayList<>();

    /** The number of the next item of each list that is open; 0 in one that does not count. */
    private final Deque<Integer> lists = new ArrayDeque<>();

    private @Nullable Integer number;
    private @Nullable String link;
    private boolean isItem;
    private int quotes;
    private int strong;
    private int emphasis;
    private int depth;

    Reading walk(Node root) {
        Node node = root;
        while (true) {
            enter(node);
            if (node.getFirstChild() != null) {
                node = node.getFirstChild();
                if (++depth > NewsText.DEEPEST) {
                    return new Reading(List.of(), List.of("too-deep"));
                }
                continue;
            }
            leave(node);
            while (node != root && node.getNext() == null) {
                node = node.getParent();
                depth--;
                leave(node);
            }
            if (node == root) {
                return new Reading(List.copyOf(blocks), List.copyOf(faults));
            }
            node = node.getNext();
        }
    }

    private void enter(Node node) {
        if (node instanceof Text text) {
            add(text.getLiteral());
        } else if (node instanceof Code code) {
            add(code.getLiteral());
        } else if (node instanceof HtmlInline html) {
            add(html.getLiteral());
        } else if (node instanceof SoftLineBreak) {
            add(" ");
        } else if (node instanceof HardLineBreak) {
            add("\n");
        } else if (node instanceof StrongEmphasis) {
            strong++;
        } else if (node instanceof Emphasis) {
            emphasis++;
        } else if (node instanceof Link one) {
            open(one.getDestination());
        } else {
            enterBlock(node);
        }
    }

    private void enterBlock(Node node) {
        if (node instanceof BlockQuote) {
            quotes++;
        } else if (node instanceof OrderedList list) {
            Integer first = list.getMarkerStartNumber();
            lists.push(first == null ? 1 : Math.max(1, first));
        } else if (node instanceof BulletList) {
            lists.push(0);
        } else if (node instanceof ListItem) {
            isItem = true;
            number = lists.peek() == 0 ? null : lists.peek();
        } else if (node instanceof HtmlBlock html) {
            plain(html.getLiteral());
        } else if (node instanceof FencedCodeBlock code) {
            plain(code.getLiteral());
        } else if (node instanceof IndentedCodeBlock code) {
            plain(code.getLiteral());
        }
    }

    private void leave(Node node) {
        if (node instanceof StrongEmphasis) {
            strong--;
        } else if (node instanceof Emphasis) {
            emphasis--;
        } else if (node instanceof Link) {
            link = null;
        } else if (node instanceof Heading heading) {
            flush(Block.Kind.HEADING, heading.getLevel() > BIGGEST_HEADING ? 2 : 1, null);
        } else if (node instanceof Paragraph) {
            paragraph();
        } else if (node instanceof BlockQuote) {
            quotes--;
        } else if (node instanceof ListBlock) {
            lists.pop();
        } else if (node instanceof ListItem) {
            isItem = false;
            int one = lists.pop();
            lists.push(one == 0 ? 0 : one + 1);
        }
    }

    private void open(String address) {
        if (Links.isSafe(address)) {
            link = address;
        } else {
            faults.add("link-unsafe");
        }
    }

    private void add(String words) {
        if (words.isEmpty()) {
            return;
        }
        Boolean bold = strong > 0 ? Boolean.TRUE : null;
        Boolean slanted = emphasis > 0 ? Boolean.TRUE : null;
        Span span = new Span(words, bold, slanted, link);
        int last = spans.size() - 1;
        if (last >= 0 && looksLike(spans.get(last), span)) {
            spans.set(last, new Span(spans.get(last).text() + words, bold, slanted, link));
        } else {
            spans.add(span);
        }
    }

    private static boolean looksLike(Span one, Span other) {
        return one.strong() == other.strong()
                && one.emphasis() == other.emphasis()
                && (one.link() == null ? other.link() == null : one.link().equals(other.link()));
    }

    /** What is neither words nor a list: shown as it was written. */
    private void plain(String literal) {
        add(literal.stripTrailing());
        paragraph();
    }

    private void paragraph() {
        if (isItem) {
            // the first paragraph of an item bears its dot, what follows stands below it
            isItem = false;
            flush(Block.Kind.ITEM, Math.min(lists.size(), DEEPEST_ITEM), number);
        } else {
            flush(quotes > 0 ? Block.Kind.QUOTE : Block.Kind.PARAGRAPH, null, null);
        }
    }

    private void flush(Block.Kind kind, @Nullable Integer level, @Nullable Integer count) {
        if (spans.stream().anyMatch(one -> !one.text().isBlank())) {
            blocks.add(new Block(kind, level, count, List.copyOf(spans)));
        }
        spans.clear();
    }
}
