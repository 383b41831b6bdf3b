//! The order of a store's entries: a linked list inside one vector, so that every step is O(1) and
//! the memory is that of the entries alive.

/// A place in an [`Order`], valid until it is removed.
pub(crate) type Place = u32;

/// The end of the list.
const NONE: Place = Place::MAX;

/// Keys from the one to go first to the one to go last.
#[derive(Debug)]
pub(crate) struct Order<K> {
    nodes: Vec<Node<K>>,
    free: Vec<Place>,
    front: Place,
    back: Place,
    /// Where [`Order::next_visited`] looks next.
    hand: usize,
}

#[derive(Debug)]
struct Node<K> {
    /// `None` in a free node.
    key: Option<K>,
    before: Place,
    after: Place,
}

impl<K: Clone> Default for Order<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Clone> Order<K> {
    /// How many keys there are places for.
    pub(crate) const MOST: usize = NONE as usize;
    /// What a key's place takes, without what the key has on the heap itself.
    pub(crate) const NODE: usize = size_of::<Node<K>>();

    pub(crate) const fn new() -> Self {
        Self {
            nodes: Vec::new(),
            free: Vec::new(),
            front: NONE,
            back: NONE,
            hand: 0,
        }
    }

    /// Appends a key; `None` when all places there can be are taken.
    pub(crate) fn push(&mut self, key: K) -> Option<Place> {
        let node = Node {
            key: Some(key),
            before: NONE,
            after: NONE,
        };
        let place = if let Some(place) = self.free.pop() {
            self.nodes[place as usize] = node;
            place
        } else {
            let place = Place::try_from(self.nodes.len())
                .ok()
                .filter(|place| *place != NONE)?;
            grow(&mut self.nodes);
            self.nodes.push(node);
            place
        };
        self.link_back(place);
        Some(place)
    }

    /// Takes a key out and frees its place.
    pub(crate) fn remove(&mut self, place: Place) {
        self.unlink(place);
        self.nodes[place as usize].key = None;
        grow(&mut self.free);
        self.free.push(place);
        if self.free.len() == self.nodes.len() {
            self.clear();
        }
    }

    /// Makes a key the last to go.
    pub(crate) fn move_back(&mut self, place: Place) {
        if self.back != place {
            self.unlink(place);
            self.link_back(place);
        }
    }

    /// How many keys there are.
    pub(crate) const fn len(&self) -> usize {
        self.nodes.len() - self.free.len()
    }

    /// The key to go first.
    pub(crate) fn front(&self) -> Option<(Place, K)> {
        self.key(self.front).map(|key| (self.front, key))
    }

    /// The key behind a hand that walks over all places in turn; `None` over a free place.
    pub(crate) fn next_visited(&mut self) -> Option<K> {
        if self.hand >= self.nodes.len() {
            self.hand = 0;
        }
        let place = self.hand;
        self.hand += 1;
        self.nodes.get(place).and_then(|node| node.key.clone())
    }

    /// What the order takes from the heap, without what its keys have there themselves.
    #[cfg_attr(not(feature = "discord"), expect(dead_code, reason = "for the cache"))]
    pub(crate) const fn bytes(&self) -> usize {
        self.nodes.capacity() * size_of::<Node<K>>() + self.free.capacity() * size_of::<Place>()
    }

    /// All keys, from the first to go to the last.
    pub(crate) fn keys(&self) -> Vec<K> {
        let mut keys = Vec::with_capacity(self.len());
        let mut place = self.front;
        while let Some(node) = self.nodes.get(place as usize) {
            keys.extend(node.key.clone());
            place = node.after;
        }
        keys
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::new();
    }

    fn key(&self, place: Place) -> Option<K> {
        self.nodes
            .get(place as usize)
            .and_then(|node| node.key.clone())
    }

    // Places come from `push` and are used until `remove` only: they index `nodes`.

    fn link_back(&mut self, place: Place) {
        let before = std::mem::replace(&mut self.back, place);
        let node = &mut self.nodes[place as usize];
        node.before = before;
        node.after = NONE;
        match self.nodes.get_mut(before as usize) {
            Some(node) => node.after = place,
            None => self.front = place,
        }
    }

    fn unlink(&mut self, place: Place) {
        let Node { before, after, .. } = self.nodes[place as usize];
        match self.nodes.get_mut(before as usize) {
            Some(node) => node.after = after,
            None => self.front = after,
        }
        match self.nodes.get_mut(after as usize) {
            Some(node) => node.before = before,
            None => self.back = before,
        }
    }
}

/// Makes room for one more, and for some to come.
fn grow<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact(4 + list.len() / 8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_order_through_moves_and_removals() {
        let mut order = Order::new();
        let [a, b, c] = ["a", "b", "c"].map(|key| order.push(key).unwrap());
        order.move_back(a);
        assert_eq!(order.keys(), ["b", "c", "a"]);
        order.remove(c);
        assert_eq!(order.keys(), ["b", "a"]);
        let d = order.push("d").unwrap();
        assert_eq!(d, c, "a freed place is used again");
        order.move_back(d);
        assert_eq!(order.keys(), ["b", "a", "d"]);
        order.remove(b);
        assert_eq!(order.front(), Some((a, "a")));
        order.remove(a);
        order.remove(d);
        assert_eq!(order.front(), None);
    }

    #[test]
    fn memory_is_bounded_by_the_keys_alive_at_once() {
        let mut order = Order::new();
        for round in 0..1_000 {
            let places: Vec<_> = (0..10)
                .map(|key| order.push(key + round).unwrap())
                .collect();
            for place in places {
                order.remove(place);
            }
        }
        assert!(order.nodes.capacity() < 32 && order.free.capacity() < 32);
    }

    #[test]
    fn the_hand_visits_every_place_in_turn() {
        let mut order = Order::new();
        let places: Vec<_> = (0..4).map(|key| order.push(key).unwrap()).collect();
        order.remove(places[2]);
        let seen: Vec<_> = (0..8).filter_map(|_| order.next_visited()).collect();
        assert_eq!(seen, [0, 1, 3, 0, 1, 3]);
    }
}
