// Words of the tour.

export const TOUR_WORDS = {
  title: 'A look around',
  offer: 'New here? A look around takes a minute.',
  accept: 'Show me around',
  refuse: 'Not now',
  back: 'Back',
  next: 'Next',
  done: 'Done',
  end: 'End the tour',
  place: (number: number, all: number) => `${number} of ${all}`,
  stops: {
    graph: [
      'The cluster, drawn',
      'Nodes with their Pods, the wires between them, Services below. Select anything to see what it holds. Objects, Network and Packets draw the same cluster in three ways.',
    ],
    lesson: [
      'The lesson',
      'You predict, run, and see whether it was so. Names that are underlined are on the graph. Answers are kept in this browser.',
    ],
    manifests: [
      'Manifests',
      'Paste or write YAML, and apply it. What the API server says about it stands under the line it is about.',
    ],
    terminal: [
      'A terminal',
      'kubectl, curl, ip, iptables-save and more, on your laptop, on a node or inside a Pod. Tab completes.',
    ],
    trace: [
      'The path of every packet',
      'What a command sends can be followed here step by step, forward and back, with the rule and the route that decided.',
    ],
    history: [
      'Nothing breaks for good',
      'Every change can be taken back by its name, and the cluster can be as it was at first. Your work is saved as you go.',
    ],
    palette: [
      'Everything else, by name',
      'Find an action, a lesson or a Pod by some of its letters. The key ? shows all shortcuts.',
    ],
  },
  /** Where a phone has it otherwise. */
  phone: {
    palette: [
      'Everything else, by name',
      'The menu has the rest. “Find an action” in it finds an action, a lesson or a Pod by some of its letters.',
    ],
  },
} as const;
