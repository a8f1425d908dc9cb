package vn.sotay.news;

import java.util.List;
import vn.sotay.news.text.Block;

/**
 * A text as its readers will see it.
 *
 * @param faults rules that it breaks: {@code too-deep}, {@code link-unsafe}
 */
public record Preview(List<Block> blocks, List<String> faults) {}
