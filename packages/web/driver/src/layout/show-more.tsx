import { text } from '../text.ts'

interface Pages {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly isFetchNextPageError: boolean
  readonly fetchNextPage: () => unknown
}

/** The way to the next page of a list; nothing when all of it is shown. */
export const ShowMore = ({ pages, count }: { readonly pages: Pages; readonly count: number }) => {
  if (!pages.hasNextPage) return null
  return (
    <div className="vw-answers">
      <button
        type="button"
        className="vw-button"
        aria-busy={pages.isFetchingNextPage || undefined}
        aria-disabled={pages.isFetchingNextPage || undefined}
        onClick={() => {
          if (!pages.isFetchingNextPage) void pages.fetchNextPage()
        }}
      >
        {text(pages.isFetchingNextPage ? 'loading' : 'showMore')}
      </button>
      <p className="vw-muted" role="status">
        {pages.isFetchNextPageError ? text('moreFailed') : text('shownSoFar', { count })}
      </p>
    </div>
  )
}
