/** The mark: three solid tiles and one crossed. Decoration; the word beside it is the name. */
export const Mark = ({ size = 20 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <g fill="var(--ink)">
      <rect x="0" y="0" width="9" height="9" rx="2.2" />
      <rect x="11" y="0" width="9" height="9" rx="2.2" />
      <rect x="0" y="11" width="9" height="9" rx="2.2" />
      <rect x="11" y="11" width="9" height="9" rx="2.2" />
    </g>
    <path
      d="M13.4 13.4l4.2 4.2M17.6 13.4l-4.2 4.2"
      stroke="var(--bg)"
      strokeWidth="1.5"
      strokeLinecap="round"
    />
  </svg>
);
