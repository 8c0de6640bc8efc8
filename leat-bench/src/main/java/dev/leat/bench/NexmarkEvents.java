package dev.leat.bench;

/** Events in memory, column by column: what both peers read, so that neither pays for a parser. */
final class NexmarkEvents {
  final NexmarkGenerator generator = new NexmarkGenerator();
  final int bids;
  final int auctions;
  final long[] bidAuction;
  final long[] bidBidder;
  final long[] bidPrice;
  final long[] bidMillis;
  final short[] bidUrl;
  final boolean[] bidHot;
  final short[] bidText;
  final long[] auctionId;
  final long[] auctionMillis;
  final long[] auctionExpires;
  final int[] auctionCategory;

  /** How many bids and auctions there are before each thousandth event: where steps are cut. */
  final int[] bidsBefore;

  final int[] auctionsBefore;
  static final int MARK = 1_000;

  NexmarkEvents(int events) {
    int bidRoom = events / 50 * 46 + 50;
    int auctionRoom = events / 50 * 3 + 4;
    bidAuction = new long[bidRoom];
    bidBidder = new long[bidRoom];
    bidPrice = new long[bidRoom];
    bidMillis = new long[bidRoom];
    bidUrl = new short[bidRoom];
    bidHot = new boolean[bidRoom];
    bidText = new short[bidRoom];
    auctionId = new long[auctionRoom];
    auctionMillis = new long[auctionRoom];
    auctionExpires = new long[auctionRoom];
    auctionCategory = new int[auctionRoom];
    bidsBefore = new int[events / MARK + 1];
    auctionsBefore = new int[events / MARK + 1];
    int bid = 0;
    int auction = 0;
    for (int n = 0; n < events; n++) {
      if (n % MARK == 0) {
        bidsBefore[n / MARK] = bid;
        auctionsBefore[n / MARK] = auction;
      }
      generator.generate(n);
      switch (generator.kind) {
        case PERSON -> {}
        case AUCTION -> {
          auctionId[auction] = generator.id;
          auctionMillis[auction] = generator.millis;
          auctionExpires[auction] = generator.expiresMillis;
          auctionCategory[auction++] = generator.category;
        }
        case BID -> {
          bidAuction[bid] = generator.auction;
          bidBidder[bid] = generator.bidder;
          bidPrice[bid] = generator.price;
          bidMillis[bid] = generator.millis;
          bidUrl[bid] = (short) generator.url;
          bidHot[bid] = generator.hotChannel;
          bidText[bid++] = (short) generator.text;
        }
      }
    }
    bidsBefore[events / MARK] = bid;
    auctionsBefore[events / MARK] = auction;
    bids = bid;
    auctions = auction;
  }

  String channel(int bid) {
    return bidHot[bid] ? NexmarkGenerator.HOT[bidUrl[bid]] : generator.channels[bidUrl[bid]];
  }
}
